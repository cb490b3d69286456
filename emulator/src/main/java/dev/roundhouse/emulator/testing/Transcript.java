package dev.roundhouse.emulator.testing;

import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.screen.Screen;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a UART has sent. Of very much output the beginning is forgotten. */
public final class Transcript implements OutputPort {
  private static final int INITIAL_BYTES = 1 << 10;
  private static final int MOST_BYTES = 16 << 20;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int used;
  private long forgotten;
  private @Nullable Screen screen;
  private long shown;

  Transcript() {}

  @Override
  public void put(int value) {
    if (used == bytes.length) {
      makeRoom();
    }
    bytes[used++] = (byte) value;
  }

  private void makeRoom() {
    if (bytes.length < MOST_BYTES) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    } else {
      int half = used / 2;
      System.arraycopy(bytes, half, bytes, 0, used - half);
      used -= half;
      forgotten += half;
    }
  }

  @Override
  public void flush() {
    // It is all there.
  }

  /** How many bytes there were in all. */
  public long length() {
    return forgotten + used;
  }

  /** The output, a character for each byte (ISO 8859-1). */
  public String text() {
    return new String(bytes, 0, used, StandardCharsets.ISO_8859_1);
  }

  /**
   * The output behind its first {@code position} bytes, as far as it is remembered.
   *
   * @param position 0 to {@link #length}
   */
  public String textFrom(long position) {
    int from = Math.clamp(position - forgotten, 0, used);
    return new String(bytes, from, used - from, StandardCharsets.ISO_8859_1);
  }

  /** What a terminal at the line shows now. */
  public Screen screen() {
    Screen terminal = screen;
    if (terminal == null) {
      terminal = new Screen();
      screen = terminal;
    }
    terminal.take(textFrom(shown));
    shown = length();
    return terminal;
  }
}
