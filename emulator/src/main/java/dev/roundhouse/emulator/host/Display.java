package dev.roundhouse.emulator.host;

import dev.roundhouse.emulator.hostos.Terminal;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A terminal to draw on. */
public final class Display implements Closeable {
  private final Terminal terminal;
  private final OutputStream stream;

  private Display(Terminal terminal, OutputStream stream) {
    this.terminal = terminal;
    this.stream = stream;
  }

  /** The terminal that the process's own output is, which must be one. */
  public static Display ofStandardOutput(OutputStream stream) {
    return new Display(Terminal.of(Terminal.STDOUT), stream);
  }

  /**
   * A terminal by its device file, such as {@code /dev/pts/3}.
   *
   * @throws IOException when it cannot be opened or is no terminal
   */
  public static Display at(Path device) throws IOException {
    Terminal terminal = Terminal.at(device);
    try {
      return new Display(terminal, new FileOutputStream(device.toFile()));
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
}
