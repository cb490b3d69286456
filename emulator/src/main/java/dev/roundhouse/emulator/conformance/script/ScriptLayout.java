package dev.roundhouse.emulator.conformance.script;

import java.util.Arrays;
import java.util.List;

/**
 * Where a script's data lie, counted from the start of its data: how many steps are done, a result
 * for each step, and each step's own message, buffers and tid word.
 */
final class ScriptLayout {
  /** Bytes behind a buffer that nobody may write. */
  static final int GUARD_BYTES = 16;

  static final int PROGRESS = 0;

  private static final int WORD_BYTES = 8;
  private static final int MOST_BYTES = 64 << 20;
  private static final byte NOT_LEARNT = -1;

  private final List<Step> steps;
  private final int[] messages;
  private final int[] buffers;
  private final int[] tids;
  private final int size;

  ScriptLayout(Script script) {
    steps = script.steps();
    messages = new int[steps.size()];
    buffers = new int[steps.size()];
    tids = new int[steps.size()];
    long at = WORD_BYTES * (1L + steps.size());
    for (int index = 0; index < steps.size(); index++) {
      Step step = steps.get(index);
      messages[index] = (int) at;
      at = aligned(at + message(step).length());
      buffers[index] = (int) at;
      int buffer = bufferBytes(step);
      at = buffer < 0 ? at : aligned(at + buffer + GUARD_BYTES);
      tids[index] = (int) at;
      at += hasTidWord(step) ? WORD_BYTES : 0;
      if (at > MOST_BYTES) {
        throw new IllegalArgumentException(
            "%s has more than %d bytes of messages and buffers"
                .formatted(script.name(), MOST_BYTES));
      }
    }
    size = (int) at;
  }

  private static long aligned(long at) {
    return (at + WORD_BYTES - 1) & -WORD_BYTES;
  }

  /** Bytes of the data. */
  int size() {
    return size;
  }

  /** The result of step {@code index}. */
  int result(int index) {
    return WORD_BYTES * (1 + index);
  }

  /** The step's own message. */
  int message(int index) {
    return messages[index];
  }

  /** The step's own buffer, behind which is its guard. */
  int buffer(int index) {
    return buffers[index];
  }

  /** The step's own tid word: the tid in the low half, a guard in the high one. */
  int tidWord(int index) {
    return tids[index];
  }

  /** The data as they are before the first step. */
  byte[] initialData() {
    byte[] data = new byte[size];
    Arrays.fill(data, WORD_BYTES, WORD_BYTES * (1 + steps.size()), NOT_LEARNT);
    for (int index = 0; index < steps.size(); index++) {
      Step step = steps.get(index);
      String message = message(step);
      for (int at = 0; at < message.length(); at++) {
        data[messages[index] + at] = (byte) message.charAt(at);
      }
      int buffer = bufferBytes(step);
      if (buffer >= 0) {
        Arrays.fill(
            data, buffers[index], buffers[index] + buffer + GUARD_BYTES, (byte) Buffer.UNTOUCHED);
      }
      if (hasTidWord(step)) {
        Arrays.fill(data, tids[index], tids[index] + WORD_BYTES, NOT_LEARNT);
      }
    }
    return data;
  }

  /** The step's own message; empty if it has none. */
  static String message(Step step) {
    Message message =
        switch (step) {
          case Step.Create create -> create.arguments();
          case Step.Send send -> send.message();
          case Step.Reply reply -> reply.message();
          case Step.Print print -> print.message();
          default -> new Message.Text("");
        };
    return message instanceof Message.Text(String bytes) ? bytes : "";
  }

  /** Bytes of the step's own buffer; negative if it has none. */
  static int bufferBytes(Step step) {
    return buffer(step) instanceof Buffer.Own(int length) ? length : -1;
  }

  /** The step's buffer; nowhere if it has none. */
  static Buffer buffer(Step step) {
    return switch (step) {
      case Step.Send send -> send.reply();
      case Step.Receive receive -> receive.message();
      case Step.MapMemory map -> map.target();
      case Step.SystemHealth health -> health.target();
      case Step.EncoderGet get -> get.target();
      case Step.ReadArguments read -> read.into();
      default -> new Buffer.At(0, 0);
    };
  }

  static boolean hasTidWord(Step step) {
    return step instanceof Step.Receive(Buffer.Own own, Buffer message);
  }
}
