package dev.roundhouse.emulator.debuginfo;

import dev.roundhouse.emulator.debuginfo.AttributeReader.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A debugging information entry, as far as it matters for layouts. Numbers that are missing are -1.
 */
final class Entry {
  static final long NONE = -1;

  final Tag tag;
  final String scope;
  final List<Entry> parts = new ArrayList<>();
  String name = "";
  long size = NONE;
  long alignment = NONE;
  long type = NONE;
  long location = NONE;
  long bitLocation = NONE;
  long bits = NONE;
  long bitsAbove = NONE;
  long count = NONE;
  boolean isDeclaration;

  /** Whether a record declares it, as an enum of Rust does the structures of its variants. */
  boolean isInsideRecord;

  Entry(Tag tag, String scope) {
    this.tag = tag;
    this.scope = scope;
  }

  /** The name with the namespaces around it. */
  String qualifiedName() {
    return scope.isEmpty() ? name : scope + "::" + name;
  }

  /** Takes an attribute: DWARF 5, table 7.5. */
  void take(int attribute, Value value, AttributeReader reader) throws DebugInfoException {
    switch (attribute) {
      case 0x03 -> name = reader.text(value);
      case 0x0b -> size = value.number();
      case 0x0c -> bitsAbove = value.number();
      case 0x0d -> bits = value.number();
      case 0x2f -> count = value.number() < 0 ? 0 : value.number() + 1;
      case 0x37 -> count = value.number();
      case 0x38 -> location = value.number();
      case 0x3c -> isDeclaration = value.number() != 0;
      case 0x49 -> type = value.number();
      case 0x6b -> bitLocation = value.number();
      case 0x88 -> alignment = value.number();
      default -> {}
    }
  }
}
