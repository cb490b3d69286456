package dev.roundhouse.cli.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that a user may have meant by another one. */
public final class SimilarNames {
  private static final int MOST_EDITS = 2;
  private static final int LETTERS_FOR_AN_EDIT = 3;

  private SimilarNames() {}

  /**
   * Those that have the wanted name as a part, and those that differ from it by a letter or two
   * (Levenshtein distance), the nearest first. Namespaces and case do not count.
   */
  public static List<String> of(String wanted, List<String> names) {
    String small = wanted.toLowerCase(Locale.ROOT);
    List<Candidate> candidates = new ArrayList<>();
    for (String name : names) {
      String own = name.substring(name.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
      int most = Math.min(MOST_EDITS, small.length() / LETTERS_FOR_AN_EDIT);
      int edits = Math.abs(own.length() - small.length()) > most ? most + 1 : edits(small, own);
      if (edits <= most) {
        candidates.add(new Candidate(name, edits));
      } else if (own.contains(small)) {
        candidates.add(new Candidate(name, MOST_EDITS + 1));
      }
    }
    candidates.sort(Comparator.comparingInt(Candidate::edits));
    return candidates.stream().map(Candidate::name).toList();
  }

  private record Candidate(String name, int edits) {}

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
