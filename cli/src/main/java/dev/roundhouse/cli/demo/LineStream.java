package dev.roundhouse.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a guest's output into lines; those that control a terminal are left out. */
final class LineStream extends OutputStream {
  private static final char ESCAPE = '\u001b';

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineStream(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void write(int value) {
    if (value == '\n') {
      String text = line.toString(StandardCharsets.US_ASCII).strip();
      line.reset();
      if (text.indexOf(ESCAPE) < 0) {
        lines.accept(text);
      }
    } else {
      line.write(value);
    }
  }
}
