package dev.roundhouse.emulator.conformance;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Observation.StepSeen;
import dev.roundhouse.emulator.conformance.script.Step;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a step gave, in a few words: the result, then the bytes that it received in quotes, the
 * sender behind {@code from}, an address or counters as numbers. {@code -} is a call that did not
 * return.
 */
final class StepText {
  private static final String NO_RETURN = "-";
  private static final String UNTOUCHED = String.valueOf(Buffer.UNTOUCHED);
  private static final int SPACE = 0x20;
  private static final int DELETE = 0x7F;

  private StepText() {}

  /** The text; empty for a step that gives nothing. */
  static Optional<String> of(Step step, StepSeen seen) {
    return switch (step) {
      case Step.Compute _, Step.Poke _, Step.ArmTimer _ -> Optional.empty();
      case Step.Call _, Step.Peek _, Step.ReadArguments _ -> Optional.of(text(step, seen));
    };
  }

  private static String text(Step step, StepSeen seen) {
    OptionalLong result = seen.result();
    if (result.isEmpty()) {
      return NO_RETURN;
    }
    String received = seen.received();
    String more =
        switch (step) {
          case Step.Send(_, _, Buffer.Own _) -> quoted(received);
          case Step.Receive(_, Buffer message) ->
              (message instanceof Buffer.Own ? quoted(received) : "") + from(seen.sender());
          case Step.ReadArguments _ -> quoted(received);
          case Step.MapMemory(Buffer.Own _, _) -> number(received, "0x%x");
          case Step.SystemHealth(Buffer.Own _) -> number(received, "%d");
          case Step.EncoderGet(_, Buffer.Own _) -> numbers(received);
          default -> "";
        };
    return result.getAsLong() + more;
  }

  private static String from(OptionalLong sender) {
    return sender.isPresent() ? " from " + sender.getAsLong() : "";
  }

  private static String numbers(String bytes) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at + Long.BYTES <= bytes.length(); at += Long.BYTES) {
      text.append(number(bytes.substring(at, at + Long.BYTES), "%d"));
    }
    return text.toString();
  }

  private static String number(String bytes, String format) {
    if (bytes.equals(UNTOUCHED.repeat(bytes.length()))) {
      return " untouched";
    }
    long value = 0;
    for (int index = bytes.length() - 1; index >= 0; index--) {
      value = value << Byte.SIZE | bytes.charAt(index);
    }
    return " " + format.formatted(value);
  }

  /** Bytes as in a C string; those that cannot be printed in hexadecimal. */
  private static String quoted(String bytes) {
    StringBuilder text = new StringBuilder(" '");
    for (int index = 0; index < bytes.length(); index++) {
      char c = bytes.charAt(index);
      if (c == 0) {
        text.append("\\0");
      } else if (c < SPACE || c >= DELETE) {
        text.append("\\x%02x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('\'').toString();
  }
}
