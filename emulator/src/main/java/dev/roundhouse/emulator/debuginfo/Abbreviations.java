package dev.roundhouse.emulator.debuginfo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the entries of a unit look like: DWARF 5, 7.5.3. */
final class Abbreviations {
  private static final int IMPLICIT_CONST = 0x21;

  private final Map<Long, Shape> shapes = new HashMap<>();

  /** An attribute of a shape, the value given there or later with the entry. */
  record Attribute(int name, int form, long implicit) {}

  /** One kind of entry. */
  record Shape(Tag tag, boolean hasChildren, List<Attribute> attributes) {}

  Abbreviations(ByteCursor table) throws DebugInfoException {
    for (long code = table.uleb(); code != 0; code = table.uleb()) {
      Tag tag = Tag.of(table.uleb());
      boolean hasChildren = table.unsigned(1) != 0;
      List<Attribute> attributes = new ArrayList<>();
      while (true) {
        long name = table.uleb();
        long form = table.uleb();
        long implicit = form == IMPLICIT_CONST ? table.sleb() : 0;
        if (name == 0 && form == 0) {
          break;
        }
        attributes.add(new Attribute((int) name, (int) form, implicit));
      }
      shapes.put(code, new Shape(tag, hasChildren, attributes));
    }
  }

  Shape shape(long code) throws DebugInfoException {
    Shape shape = shapes.get(code);
    if (shape == null) {
      throw new DebugInfoException(".debug_info uses the abbreviation " + code + ", which is none");
    }
    return shape;
  }
}
