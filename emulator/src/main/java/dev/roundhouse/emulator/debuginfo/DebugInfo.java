package dev.roundhouse.emulator.debuginfo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The structures of a program. */
public final class DebugInfo {
  private static final int DEEPEST_TYPE = 64;
  private static final int DEEPEST_MEMBER = 8;
  private static final int MOST_MEMBERS = 10_000;
  private static final long LARGEST = 1L << 40;
  private static final int MOST_STEPS = 10_000_000;
  private static final int MOST_FOUND = 1000;

  private final Map<Long, Entry> entries;
  private final boolean isSplit;
  private int steps;

  /**
   * What was read of a file.
   *
   * @param entries by their offsets in .debug_info, and types also by their signatures
   * @param isSplit whether the file names others that hold the rest
   */
  record Contents(Map<Long, Entry> entries, boolean isSplit) {}

  DebugInfo(Contents contents) {
    this.entries = contents.entries;
    this.isSplit = contents.isSplit;
  }

  /**
   * Reads the debug information of an ELF file.
   *
   * @throws DebugInfoException when there is none, or it is damaged
   */
  public static DebugInfo read(byte[] file) throws DebugInfoException {
    return new DebugInfo(UnitReader.read(new ElfSections(file)));
  }

  /**
   * The different layouts of structures with this name; it may begin with some of the namespaces
   * around it. Structures that a typedef names count; those of a Rust enum's variants only if there
   * are no others.
   *
   * @throws DebugInfoException when the structure's description is damaged
   */
  public List<StructLayout> structs(String name) throws DebugInfoException {
    Set<StructLayout> found = new LinkedHashSet<>();
    Set<StructLayout> inside = new LinkedHashSet<>();
    steps = 0;
    for (Entry entry : entries.values()) {
      String qualified = entry.qualifiedName();
      boolean isMeant = qualified.equals(name) || qualified.endsWith("::" + name);
      if (!isMeant || !(entry.tag.isRecord() || entry.tag == Tag.TYPEDEF)) {
        continue;
      }
      Entry target = bare(entry);
      if (target.tag.isRecord() && !target.isDeclaration && target.size != Entry.NONE) {
        Set<StructLayout> kind = entry.isInsideRecord ? inside : found;
        kind.add(layout(qualified, target));
        if (kind.size() > MOST_FOUND) {
          throw new DebugInfoException(
              "has more than " + MOST_FOUND + " different structures of that name");
        }
      }
    }
    return List.copyOf(found.isEmpty() ? inside : found);
  }

  /** All names that {@link #structs} knows, sorted. */
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (Entry entry : entries.values()) {
      boolean isWhole = entry.tag.isRecord() && !entry.isDeclaration && entry.size != Entry.NONE;
      if (!entry.name.isEmpty() && (isWhole || entry.tag == Tag.TYPEDEF)) {
        names.add(entry.qualifiedName());
      }
    }
    return List.copyOf(names);
  }

  /** Whether some of it lies in files beside the program (-gsplit-dwarf), which are not read. */
  public boolean isSplit() {
    return isSplit;
  }

  private StructLayout layout(String name, Entry struct) throws DebugInfoException {
    List<StructLayout.Member> members = new ArrayList<>();
    addMembers(struct, new Around("", 0, 0), members);
    return new StructLayout(name, checked(struct.size), alignment(struct, 0), members);
  }

  /** What a member lies in. */
  private record Around(String prefix, long offset, int depth) {}

  private void addMembers(Entry struct, Around around, List<StructLayout.Member> members)
      throws DebugInfoException {
    List<Place> places = new ArrayList<>();
    for (Entry part : struct.parts) {
      places.add(new Place(part, firstBit(part)));
    }
    places.sort(Comparator.comparingLong(Place::firstBit));
    for (Place place : places) {
      if (members.size() >= MOST_MEMBERS) {
        throw new DebugInfoException("has a structure with more than " + MOST_MEMBERS + " members");
      }
      Entry part = place.part;
      String name = around.prefix + (part.name.isEmpty() ? "(unnamed)" : part.name);
      long at = checked(around.offset + place.firstBit / Byte.SIZE);
      members.add(member(name, at, place, around.depth));
      Entry type = bare(part);
      if (type.tag.isRecord() && around.depth < DEEPEST_MEMBER) {
        addMembers(type, new Around(name + ".", at, around.depth + 1), members);
      }
    }
  }

  /** A member and where it begins in its structure. */
  private record Place(Entry part, long firstBit) {}

  private StructLayout.Member member(String name, long at, Place place, int depth)
      throws DebugInfoException {
    Entry part = place.part;
    String type = text(part.type, 0);
    if (part.bits == Entry.NONE) {
      return new StructLayout.Member(name, at, size(bare(part), 0), type, depth);
    }
    var bits = new StructLayout.Bits(place.firstBit % Byte.SIZE, checked(part.bits));
    long size = (bits.first() + bits.count() + Byte.SIZE - 1) / Byte.SIZE;
    return new StructLayout.Member(name, at, size, type, Optional.of(bits), depth);
  }

  /**
   * DWARF 5, 5.7.6. DWARF 4, 5.5.6, has the older form too: how many bits of the storage lie above
   * the bit-field.
   */
  private long firstBit(Entry member) throws DebugInfoException {
    if (member.bitLocation != Entry.NONE) {
      return checked(member.bitLocation);
    }
    long start = checked(Math.max(member.location, 0)) * Byte.SIZE;
    if (member.bits == Entry.NONE || member.bitsAbove == Entry.NONE) {
      return start;
    }
    long storage = member.size == Entry.NONE ? size(bare(member), 0) : checked(member.size);
    long below = storage * Byte.SIZE - checked(member.bitsAbove) - checked(member.bits);
    return checked(start + below);
  }

  private static long checked(long bytes) throws DebugInfoException {
    if (bytes < 0 || bytes > LARGEST) {
      throw new DebugInfoException("has a structure with an impossible size or offset");
    }
    return bytes;
  }

  private static boolean isTransparent(Entry type) {
    return switch (type.tag) {
      case TYPEDEF, CONST, VOLATILE, RESTRICT, ATOMIC, MEMBER -> true;
      default -> false;
    };
  }

  /** The type behind a member's, typedefs and qualifiers. */
  private Entry bare(Entry entry) throws DebugInfoException {
    Entry type = entry;
    for (int depth = 0; isTransparent(type); depth++) {
      type = target(type.type);
      checkDepth(depth);
    }
    return type;
  }

  private Entry target(long reference) throws DebugInfoException {
    Entry type = entries.get(reference);
    if (type == null) {
      throw new DebugInfoException(
          "has a type at .debug_info offset " + reference + " that is none");
    }
    return type;
  }

  /** Types that are made of themselves would otherwise be followed for ever. */
  private void checkDepth(int depth) throws DebugInfoException {
    if (depth > DEEPEST_TYPE || ++steps > MOST_STEPS) {
      throw new DebugInfoException("has a type that is made of itself, or nested too deep");
    }
  }

  private long size(Entry type, int depth) throws DebugInfoException {
    checkDepth(depth);
    Entry bare = bare(type);
    if (bare.tag == Tag.ARRAY && bare.size == Entry.NONE) {
      long size = size(target(bare.type), depth + 1);
      for (Entry range : bare.parts) {
        long count = checked(Math.max(range.count, 0));
        size = count == 0 || size <= LARGEST / count ? size * count : LARGEST + 1;
      }
      return checked(size);
    }
    if (bare.tag == Tag.POINTER && bare.size == Entry.NONE) {
      return Long.BYTES;
    }
    return checked(Math.max(bare.size, 0));
  }

  /** As given, or else the strictest of the members'; AAPCS64, 5.1 and 5.9. */
  private long alignment(Entry type, int depth) throws DebugInfoException {
    checkDepth(depth);
    Entry bare = bare(type);
    if (bare.alignment > 0) {
      return checked(bare.alignment);
    }
    if (bare.tag == Tag.ARRAY) {
      return alignment(target(bare.type), depth + 1);
    }
    if (!bare.tag.isRecord()) {
      return Math.max(size(bare, depth + 1), 1);
    }
    long alignment = 1;
    for (Entry part : bare.parts) {
      alignment = Math.max(alignment, alignment(part, depth + 1));
    }
    return alignment;
  }

  private String text(long reference, int depth) throws DebugInfoException {
    checkDepth(depth);
    Entry type = target(reference);
    return switch (type.tag) {
      case POINTER -> type.name.isEmpty() ? "pointer" : type.name;
      case ARRAY -> {
        StringBuilder dimensions = new StringBuilder(text(type.type, depth + 1));
        for (Entry range : type.parts) {
          dimensions.append('[').append(Math.max(range.count, 0)).append(']');
        }
        yield dimensions.toString();
      }
      case CONST, VOLATILE, RESTRICT, ATOMIC -> text(type.type, depth + 1);
      default -> type.name.isEmpty() ? "(unnamed)" : type.name;
    };
  }
}
