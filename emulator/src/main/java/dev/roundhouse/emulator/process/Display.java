package dev.roundhouse.emulator.process;

import dev.roundhouse.emulator.platform.Terminal;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A terminal to draw on. */
public final class Display implements Closeable {
  private static final byte[] ENTER = ascii("\u001b[?1049h\u001b[?25l\u001b[2J");

  /** The same as in build/guard.sh. */
  private static final byte[] LEAVE = ascii("\u001b[0m\u001b[?25h\u001b[?1049l");

  private final Terminal terminal;
  private final OutputStream stream;
  private final Optional<Path> device;

  private Display(Terminal terminal, OutputStream stream, Optional<Path> device) {
    this.terminal = terminal;
    this.stream = stream;
    this.device = device;
  }

  /** The terminal that the process's own output is, which must be one. */
  public static Display ofStandardOutput(OutputStream stream) {
    return new Display(Terminal.of(Terminal.STDOUT), stream, Optional.empty());
  }

  /**
   * A terminal by its device file, such as {@code /dev/pts/3}.
   *
   * @throws IOException when it cannot be opened or is no terminal
   */
  public static Display at(Path device) throws IOException {
    Terminal terminal = Terminal.at(device);
    try {
      return new Display(terminal, new FileOutputStream(device.toFile()), Optional.of(device));
    } catch (IOException e) {
      terminal.close();
      throw e;
    }
  }

  /** How much it shows now. */
  public ScreenSize size() {
    return terminal
        .size()
        .map(size -> new ScreenSize(size.columns(), size.rows()))
        .orElse(ScreenSize.USUAL);
  }

  /** Shows a screen of its own, empty and without a cursor (xterm's alternate one). */
  public void enterOtherScreen() throws IOException {
    EndGuard.tellOtherScreen(device);
    write(ENTER);
  }

  /** Shows again what was there before. */
  public void leaveOtherScreen() throws IOException {
    write(LEAVE);
    EndGuard.tellFirstScreen();
  }

  /** Writes all of that at once. */
  public void write(byte[] bytes) throws IOException {
    stream.write(bytes);
    stream.flush();
  }

  /** Gives back a terminal that was opened by its file; the process's own output stays. */
  @Override
  public void close() throws IOException {
    if (terminal.close()) {
      stream.close();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
