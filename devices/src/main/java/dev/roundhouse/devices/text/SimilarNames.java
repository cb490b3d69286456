package dev.roundhouse.devices.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names that a user may have meant by another one. */
public final class SimilarNames {
  private static final int MOST_EDITS = 2;
  private static final int LETTERS_FOR_AN_EDIT = 3;
  private static final int MOST_HINTS = 3;
  private static final int LONGEST_HINT = 100;

  private SimilarNames() {}

  /**
   * Those that have the wanted name as a part, and those that differ from it by a letter or two
   * (Levenshtein distance, two letters changed round are one), the nearest first, then those of the
   * same length. Namespaces and case do not count.
   */
  public static List<String> of(String wanted, Collection<String> names) {
    String small = wanted.toLowerCase(Locale.ROOT);
    List<Candidate> candidates = new ArrayList<>();
    for (String name : names) {
      String own = name.substring(name.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
      boolean lacksOne = small.length() == 2 && own.length() == LETTERS_FOR_AN_EDIT;
      int most = lacksOne ? 1 : Math.min(MOST_EDITS, small.length() / LETTERS_FOR_AN_EDIT);
      int edits = Math.abs(own.length() - small.length()) > most ? most + 1 : edits(small, own);
      if (edits <= most) {
        candidates.add(new Candidate(name, edits));
      } else if (!small.isEmpty() && own.contains(small)) {
        candidates.add(new Candidate(name, MOST_EDITS + 1));
      }
    }
    candidates.sort(
        Comparator.comparingInt(Candidate::edits)
            .thenComparingInt(candidate -> Math.abs(candidate.name().length() - wanted.length())));
    return candidates.stream().map(Candidate::name).toList();
  }

  /** Such as {@code ; did you mean run?}, to go behind what is wrong; empty if nothing is alike. */
  public static String hint(String wanted, Collection<String> names) {
    return asked(of(wanted, names));
  }

  /** The same of names that are known to be alike, the nearest first. */
  public static String asked(List<String> alike) {
    return alike.isEmpty()
        ? ""
        : alike.stream()
            .limit(MOST_HINTS)
            .map(name -> Printable.line(name, LONGEST_HINT))
            .collect(Collectors.joining(" or ", "; did you mean ", "?"));
  }

  private record Candidate(String name, int edits) {}

  private static int edits(String a, String b) {
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      rows[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int substituted = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        rows[i][j] = Math.min(substituted, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        if (isTurnedRound(a, i, b, j)) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[a.length()][b.length()];
  }

  /** Whether the two letters before these places are the same, changed round. */
  private static boolean isTurnedRound(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
