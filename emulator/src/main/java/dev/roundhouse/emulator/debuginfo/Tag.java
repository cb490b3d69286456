package dev.roundhouse.emulator.debuginfo;

/** The kinds of entries that matter for layouts and for places in code: DWARF 5, table 7.3. */
enum Tag {
  ARRAY(0x01),
  CLASS(0x02),
  ENUMERATION(0x04),
  MEMBER(0x0d),
  POINTER(0x0f),
  STRUCTURE(0x13),
  TYPEDEF(0x16),
  UNION(0x17),
  VARIANT(0x19),
  INLINED(0x1d),
  SUBRANGE(0x21),
  BASE(0x24),
  CONST(0x26),
  FUNCTION(0x2e),
  VARIANT_PART(0x33),
  VOLATILE(0x35),
  RESTRICT(0x37),
  NAMESPACE(0x39),
  ATOMIC(0x47),
  OTHER(0);

  private final int code;

  Tag(int code) {
    this.code = code;
  }

  static Tag of(long code) {
    for (Tag tag : values()) {
      if (tag.code == code) {
        return tag;
      }
    }
    return OTHER;
  }

  /** Whether this only groups members of the record around it. */
  boolean isVariant() {
    return this == VARIANT || this == VARIANT_PART;
  }

  /** Whether it is about code, not about how data lies in memory. */
  boolean isCode() {
    return this == FUNCTION || this == INLINED;
  }

  boolean isRecord() {
    return this == STRUCTURE || this == CLASS || this == UNION;
  }
}
