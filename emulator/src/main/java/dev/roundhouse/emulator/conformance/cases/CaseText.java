package dev.roundhouse.emulator.conformance.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The text of the files that cases are in. */
final class CaseText {
  private static final String COMMENT = "#";
  private static final String NUMBER = "#";
  private static final String GOES_ON = "      ";
  private static final Pattern NUMBERED = Pattern.compile("\\{(\\d+)\\.\\.(\\d+): ([^{}]*)}");
  private static final Pattern COPIED = Pattern.compile("\\{(\\d+)\\*([^{}]*)}");

  private CaseText() {}

  /** The file's lines but for comments and empty ones; those that go on are one. */
  static List<String> lines(String file) {
    List<String> lines = new ArrayList<>();
    for (String line : read(file).lines().toList()) {
      if (line.startsWith(GOES_ON)) {
        lines.add(lines.removeLast() + " " + line.strip());
      } else if (!line.isBlank() && !line.startsWith(COMMENT)) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** The file's first line, a comment. */
  static String heading(String file) {
    return read(file).lines().findFirst().orElse("").substring(COMMENT.length()).strip();
  }

  private static String read(String file) {
    try (InputStream in = CaseText.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no file " + file + " beside the classes");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes out what is repeated: <code>{4..6: 3 #}</code> is {@code 3 4}, {@code 3 5} and {@code 3
   * 6} with the separator between, <code>{3*ab}</code> is {@code ababab}.
   */
  static String writtenOut(String text, String separator) {
    String copied = replaced(COPIED, text, of -> of.group(2).repeat(Integer.parseInt(of.group(1))));
    return replaced(
        NUMBERED,
        copied,
        of ->
            IntStream.rangeClosed(Integer.parseInt(of.group(1)), Integer.parseInt(of.group(2)))
                .mapToObj(number -> of.group(3).replace(NUMBER, Integer.toString(number)))
                .collect(Collectors.joining(separator)));
  }

  private static String replaced(
      Pattern pattern, String text, Function<MatchResult, String> replacement) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found)));
  }
}
