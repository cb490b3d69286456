package dev.roundhouse.cli.layout;

import dev.roundhouse.emulator.debuginfo.StructLayout;
import dev.roundhouse.emulator.debuginfo.StructLayout.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where two layouts of a structure differ first. */
public final class LayoutDifference {
  private LayoutDifference() {}

  /**
   * The first difference in words; empty if programs with these layouts understand each other.
   * Names of types are not compared, for languages name them differently, nor are members inside a
   * member that only one side describes as a structure, nor those without a size.
   */
  public static Optional<String> between(StructLayout a, StructLayout b) {
    Optional<String> difference = between(members(a, b), members(b, a));
    if (difference.isPresent()) {
      return difference;
    }
    if (a.size() != b.size()) {
      return Optional.of("the sizes differ: " + a.size() + " and " + b.size() + " bytes");
    }
    if (a.alignment() != b.alignment()) {
      return Optional.of("the alignments differ: " + a.alignment() + " and " + b.alignment());
    }
    return Optional.empty();
  }

  private static Optional<String> between(List<Member> a, List<Member> b) {
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      if (i >= a.size() || i >= b.size()) {
        Member more = i < a.size() ? a.get(i) : b.get(i);
        return Optional.of("only one has the member " + more.name());
      }
      Member left = a.get(i);
      Member right = b.get(i);
      if (!left.name().equals(right.name())) {
        return Optional.of(
            "member "
                + (i + 1)
                + " is "
                + left.name()
                + " in one and "
                + right.name()
                + " in the other");
      }
      if (left.offset() != right.offset()
          || left.size() != right.size()
          || !left.bits().equals(right.bits())) {
        return Optional.of(
            "member " + left.name() + " differs: " + place(left) + " and " + place(right));
      }
    }
    return Optional.empty();
  }

  private static String place(Member member) {
    return member.bits().map(Object::toString).orElse(member.size() + " bytes")
        + " at offset "
        + member.offset();
  }

  /** Members that count: with a size, and not inside one that the other side has no members of. */
  private static List<Member> members(StructLayout layout, StructLayout other) {
    Set<String> described = new HashSet<>();
    other.members().forEach(member -> described.add(around(member)));
    return layout.members().stream()
        .filter(member -> member.size() > 0)
        .filter(member -> member.depth() == 0 || described.contains(around(member)))
        .toList();
  }

  private static String around(Member member) {
    return member.name().substring(0, Math.max(member.name().lastIndexOf('.'), 0));
  }
}
