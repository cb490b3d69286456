package dev.roundhouse.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Edits of JSON and YAML by tokens and lines. */
enum TextEdit implements Edit {
  ANOTHER_VALUE {
    @Override
    String damage(String text, SplittableRandom chance) {
      MatchResult token = token(VALUES, text, chance);
      return replaced(text, token, Edit.any(HURTFUL, chance));
    }
  },
  VALUE_FROM_ELSEWHERE {
    @Override
    String damage(String text, SplittableRandom chance) {
      return replaced(text, token(VALUES, text, chance), token(VALUES, text, chance).group());
    }
  },
  REMOVED {
    @Override
    String damage(String text, SplittableRandom chance) {
      return replaced(text, token(TOKENS, text, chance), "");
    }
  },
  REPEATED {
    @Override
    String damage(String text, SplittableRandom chance) {
      MatchResult first = token(TOKENS, text, chance);
      MatchResult second = token(TOKENS, text, chance);
      int from = Math.min(first.start(), second.start());
      int to = Math.min(from + LONGEST_REPEATED, Math.max(first.end(), second.end()));
      return text.substring(0, to) + text.substring(from);
    }
  },
  A_LINE_MOVED {
    @Override
    String damage(String text, SplittableRandom chance) {
      List<String> lines = new ArrayList<>(text.lines().toList());
      String line = lines.get(chance.nextInt(lines.size()));
      if (chance.nextBoolean()) {
        lines.remove(line);
      }
      String indent = " ".repeat(chance.nextInt(4));
      lines.add(chance.nextInt(lines.size() + 1), indent + line);
      return String.join("\n", lines);
    }
  };

  private static final int LONGEST_REPEATED = 10_000;
  private static final Pattern VALUES = Pattern.compile("\"[^\"\n]*\"|[-+\\w.@/]+");
  private static final Pattern TOKENS = Pattern.compile(VALUES.pattern() + "|[^\\s\\w]");
  private static final List<String> HURTFUL =
      List.of(
          "0",
          "-1",
          "1",
          "0.5",
          "-0.0",
          "1e308",
          "-1e308",
          "1e-308",
          "1e999",
          "1e99999999999",
          "2147483647",
          "2147483648",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "9".repeat(400),
          "0." + "3".repeat(400),
          "NaN",
          "null",
          "true",
          "\"\"",
          "\"\\u0000\"",
          "\"\\u001b[2J\"",
          "\"\\ud800\"",
          "\"\u202e\u0085\"",
          "\"../../../../etc/passwd\"",
          "\"/dev/zero\"",
          "\"" + "x".repeat(100_000) + "\"",
          "[".repeat(5_000),
          "{\"a\":".repeat(5_000),
          "[]",
          "{}",
          "[[]]",
          "{\"a\": 1}",
          "&a [*a, *a]",
          "!!int 3",
          "\"%s%n$1\"",
          "0x10",
          "1_000",
          "1s",
          "99999999999h",
          "-5ms",
          "\"(a+)+$\"");

  @Override
  public byte[] damage(byte[] file, SplittableRandom chance) {
    String text = new String(file, UTF_8);
    return TOKENS.matcher(text).find() ? damage(text, chance).getBytes(UTF_8) : file;
  }

  abstract String damage(String text, SplittableRandom chance);

  private static MatchResult token(Pattern kind, String text, SplittableRandom chance) {
    List<MatchResult> all = kind.matcher(text).results().toList();
    return all.isEmpty() ? token(TOKENS, text, chance) : Edit.any(all, chance);
  }

  private static String replaced(String text, MatchResult token, String by) {
    return text.substring(0, token.start()) + by + text.substring(token.end());
  }
}
