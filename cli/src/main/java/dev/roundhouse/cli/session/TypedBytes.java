package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Bytes that a user types or pipes in as numbers between blanks, such as {@code 96 10 24 0x85}. */
final class TypedBytes {
  private static final int MOST_WAITING = 4096;
  private static final int LARGEST_BYTE = 255;
  private static final int LONGEST_WORD = 20;
  private static final int SIXTEEN = 16;
  private static final String HEX = "0x";

  private final Messages messages;
  private final BlockingQueue<Integer> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile boolean isAllRead;

  private TypedBytes(Messages messages) {
    this.messages = messages;
  }

  /** Reads a stream from now on, on a thread of its own. */
  static TypedBytes reading(InputStream in, Messages messages) {
    TypedBytes typed = new TypedBytes(messages);
    Thread thread = new Thread(() -> typed.read(in), "roundhouse-typed");
    thread.setDaemon(true);
    thread.start();
    return typed;
  }

  private void read(InputStream in) {
    StringBuilder word = new StringBuilder();
    try {
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c > ' ') {
          append(word, (char) c);
        } else {
          take(word.toString());
          word.setLength(0);
        }
      }
      take(word.toString());
    } catch (IOException e) {
      messages.say(Messages.Tone.WARNING, "input cannot be read any further");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    isAllRead = true;
  }

  private static void append(StringBuilder word, char c) {
    if (word.length() < LONGEST_WORD) {
      word.append(c);
    }
  }

  private void take(String word) throws InterruptedException {
    if (word.isEmpty()) {
      return;
    }
    try {
      int value =
          word.startsWith(HEX)
              ? Integer.parseInt(word, HEX.length(), word.length(), SIXTEEN)
              : Integer.parseInt(word);
      if (value >= 0 && value <= LARGEST_BYTE) {
        waiting.put(value);
        return;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    messages.say(Messages.Tone.WARNING, "'" + word + "' is no byte: type numbers from 0 to 255");
  }

  /** The next byte, if there is one already. */
  OptionalInt poll() {
    Integer next = waiting.poll();
    return next == null ? OptionalInt.empty() : OptionalInt.of(next);
  }

  /** Whether nothing more will come. */
  boolean isEnded() {
    return isAllRead && waiting.isEmpty();
  }
}
