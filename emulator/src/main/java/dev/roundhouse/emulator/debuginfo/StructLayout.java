package dev.roundhouse.emulator.debuginfo;

import java.util.List;
import java.util.Optional;

/**
 * A structure as it lies in memory.
 *
 * @param name its name, with the namespaces around it
 * @param size in bytes
 * @param alignment in bytes
 * @param members by their offsets
 */
public record StructLayout(String name, long size, long alignment, List<Member> members) {
  /**
   * A member. Members of a member that is a structure itself follow it in {@code members}, named
   * {@code outer.inner}.
   *
   * @param name its name, with the members around it
   * @param offset in bytes from the start of the outermost structure
   * @param size in bytes
   * @param type in words, as the language has it
   * @param bits which bits of those bytes it has, if not all
   * @param depth how many members are around it
   */
  public record Member(
      String name, long offset, long size, String type, Optional<Bits> bits, int depth) {
    /** A member of whole bytes. */
    public Member(String name, long offset, long size, String type, int depth) {
      this(name, offset, size, type, Optional.empty(), depth);
    }

    /** The first byte behind it. */
    public long end() {
      return offset + size;
    }
  }

  /**
   * A bit-field.
   *
   * @param first its lowest bit, counted from the lowest of the member's first byte
   * @param count how many bits
   */
  public record Bits(long first, long count) {
    @Override
    public String toString() {
      return count + " bits from bit " + first + " on";
    }
  }
}
