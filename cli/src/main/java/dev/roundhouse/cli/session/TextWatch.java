package dev.roundhouse.cli.session;

import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Watches a console for texts that decide how a run came out, and stops the run when they do. */
final class TextWatch {
  private final Deque<String> missing = new ArrayDeque<>();
  private final List<String> failing;
  private final boolean isOn;

  /** What was printed lately, a character for each byte; no text begins before it. */
  private final StringBuilder lately = new StringBuilder();

  private final int longest;
  private Runnable stop = () -> {};
  private @Nullable Verdict verdict;

  /**
   * How a run came out, if not by its own end.
   *
   * @param exitCode what the command ends with
   * @param text why
   */
  record Verdict(int exitCode, String text) {}

  TextWatch(AwaitedTexts texts) {
    texts.expected().stream().map(TextWatch::bytes).forEach(missing::add);
    failing = texts.failing().stream().map(TextWatch::bytes).toList();
    isOn = !missing.isEmpty() || !failing.isEmpty();
    int longestOfThem = failing.stream().mapToInt(String::length).max().orElse(0);
    longest = Math.max(longestOfThem, missing.stream().mapToInt(String::length).max().orElse(0));
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String shown(String bytes) {
    return "\""
        + new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
        + "\"";
  }

  /** The same far ends, of which the console's is watched. */
  Map<Integer, UartAttachment> watching(int console, Map<Integer, UartAttachment> attachments) {
    if (!isOn) {
      return attachments;
    }
    Map<Integer, UartAttachment> watched = new TreeMap<>(attachments);
    watched.computeIfPresent(
        console, (_, end) -> new UartAttachment(end.input(), new Watched(end.output())));
    return watched;
  }

  /** Has this done when all is decided, on the machine's thread. */
  void whenDecided(Runnable action) {
    stop = action;
  }

  /** What came of it when the run has ended with an exit code of its own. */
  Optional<Verdict> verdict(int ownExitCode) {
    if (verdict == null && !missing.isEmpty()) {
      boolean isFine = ownExitCode == ExitCode.FINISHED.code();
      return Optional.of(
          new Verdict(
              isFine ? ExitCode.DIFFERENT.code() : ownExitCode,
              "the console did not print " + shown(missing.getFirst()) + " (--expect-text)"));
    }
    return Optional.ofNullable(verdict);
  }

  /** Whether the texts decided before the run ended by itself. */
  boolean hasDecided() {
    return verdict != null;
  }

  private void printed(char each) {
    if (verdict != null) {
      return;
    }
    if (lately.length() > 2 * longest) {
      lately.delete(0, lately.length() - longest);
    }
    lately.append(each);
    for (String text : failing) {
      if (isAtEnd(text)) {
        decide(ExitCode.DIFFERENT, "the console printed " + shown(text) + " (--fail-text)");
        return;
      }
    }
    String next = missing.peekFirst();
    if (next != null && isAtEnd(next)) {
      missing.removeFirst();
      lately.setLength(0);
      if (missing.isEmpty()) {
        decide(ExitCode.FINISHED, "the console printed " + shown(next) + " (--expect-text)");
      }
    }
  }

  private boolean isAtEnd(String text) {
    int from = lately.length() - text.length();
    return from >= 0 && lately.indexOf(text, from) == from;
  }

  private void decide(ExitCode exitCode, String why) {
    verdict = new Verdict(exitCode.code(), why);
    stop.run();
  }

  private final class Watched implements OutputPort {
    private final OutputPort port;

    Watched(OutputPort port) {
      this.port = port;
    }

    @Override
    public void put(int value) throws IOException {
      port.put(value);
      printed((char) value);
    }

    @Override
    public void flush() throws IOException {
      port.flush();
    }
  }
}
