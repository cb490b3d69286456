package dev.roundhouse.emulator.debuginfo;

import dev.roundhouse.emulator.debuginfo.AttributeReader.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A function, or one that was inlined into another, or what is around them. */
final class CodeEntry {
  final Tag tag;

  /** The names of the namespaces and records around it. */
  final String scope;

  /** The parts of its code that are other functions', inlined. */
  final List<CodeEntry> inlined = new ArrayList<>();

  RangeList ranges = RangeList.EMPTY;
  String name = "";
  String linkageName = "";

  /** Where the entry is that has the name, or {@link Entry#NONE}. */
  long origin = Entry.NONE;

  /** Where it was called, if it is inlined. */
  long callFile;

  long callLine;

  CodeEntry(Tag tag, String scope) {
    this.tag = tag;
    this.scope = scope;
  }

  /** The name with what is around it. */
  String qualifiedName() {
    return scope.isEmpty() ? name : scope + "::" + name;
  }

  /** Takes its attributes: DWARF 5, table 7.5. */
  void take(Map<Integer, Value> attributes, AttributeReader reader) throws DebugInfoException {
    for (Map.Entry<Integer, Value> attribute : attributes.entrySet()) {
      Value value = attribute.getValue();
      switch (attribute.getKey()) {
        case 0x03 -> name = reader.text(value);
        case 0x6e, 0x2007 -> linkageName = reader.text(value);
        case 0x31, 0x47 -> origin = value.number();
        case 0x58 -> callFile = value.number();
        case 0x59 -> callLine = value.number();
        default -> {}
      }
    }
  }
}
