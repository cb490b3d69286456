package dev.roundhouse.emulator.screen;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a serial line on their way to a terminal, made such that no guest can bring it out of
 * step or fill the memory: UTF-8 is decoded, DEL and C1 controls are left out, control sequences
 * (ECMA-48, 5.4) are handed over whole with short numbers, and what has scrolled away is forgotten.
 */
final class ScreenInput {
  private static final char ESCAPE = '\u001b';
  private static final char DELETE = '\u007f';
  private static final char LAST_C1 = '\u009f';
  private static final char FIRST_FINAL = '@';
  private static final char CANCEL = '\u0018';
  private static final char SUBSTITUTE = '\u001a';
  private static final int MOST_DIGITS = 4;
  private static final int LONGEST_SEQUENCE = 32;
  private static final int LONGEST_HISTORY = 1024;

  /** Erases the lines that have scrolled away, as in xterm. */
  private static final String FORGET = "\u001b[3J";

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] incomplete = new byte[0];

  /** A control sequence so far; empty outside of one. */
  private final StringBuilder sequence = new StringBuilder();

  private int digits;
  private int sinceForgotten;

  /** What the terminal may see of further bytes, each of which is a character (ISO 8859-1). */
  String tamed(String bytes) {
    StringBuilder out = new StringBuilder();
    decoded(bytes.getBytes(StandardCharsets.ISO_8859_1)).chars().forEach(c -> put((char) c, out));
    return out.toString();
  }

  private CharBuffer decoded(byte[] more) {
    ByteBuffer in = ByteBuffer.allocate(incomplete.length + more.length);
    in.put(incomplete).put(more).flip();
    CharBuffer out = CharBuffer.allocate(in.remaining());
    decoder.decode(in, out, false);
    incomplete = new byte[in.remaining()];
    in.get(incomplete);
    return out.flip();
  }

  private void put(char c, StringBuilder out) {
    if (c >= DELETE && c <= LAST_C1) {
      return;
    }
    if (c == ESCAPE) {
      sequence.setLength(0);
      sequence.append(c);
    } else if (c == CANCEL || c == SUBSTITUTE) {
      sequence.setLength(0);
    } else if (sequence.isEmpty() || c < ' ') {
      plain(c, out);
    } else {
      inSequence(c, out);
    }
  }

  private void plain(char c, StringBuilder out) {
    out.append(c == '\n' ? "\r\n" : String.valueOf(c));
    if (++sinceForgotten >= LONGEST_HISTORY) {
      forget(out);
    }
  }

  private void forget(StringBuilder out) {
    sinceForgotten = 0;
    out.append(FORGET);
  }

  /** Numbers are cut, so that none leads the cursor out of all bounds; long sequences are none. */
  private void inSequence(char c, StringBuilder out) {
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits <= MOST_DIGITS && sequence.length() <= LONGEST_SEQUENCE) {
      sequence.append(c);
    }
    boolean isControlSequence = sequence.charAt(1) == '[';
    boolean isOver = isControlSequence ? sequence.length() > 2 && c >= FIRST_FINAL : c >= '0';
    if (isOver) {
      if (sequence.length() <= LONGEST_SEQUENCE) {
        handOver(c, out);
      }
      sequence.setLength(0);
    }
  }

  /** Each of a terminal's two screens has a history; a change of modes may change the screen. */
  private void handOver(char last, StringBuilder out) {
    sinceForgotten += sequence.length();
    if (sinceForgotten >= LONGEST_HISTORY || last == 'h' || last == 'l') {
      forget(out);
    }
    out.append(sequence);
  }
}
