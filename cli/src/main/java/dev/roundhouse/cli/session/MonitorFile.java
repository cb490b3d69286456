package dev.roundhouse.cli.session;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserPath;
import dev.roundhouse.emulator.observe.LineMonitor;
import dev.roundhouse.emulator.observe.LineWatch;
import dev.roundhouse.emulator.observe.MonitorTrace;
import dev.roundhouse.emulator.process.HostErrors;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Where lines' monitors write: a file, what {@code -} stands for, or nowhere. */
final class MonitorFile implements AutoCloseable {
  private static final String DASH = "-";

  private final Optional<Consumer<String>> sink;
  private final Optional<PrintStream> file;

  private MonitorFile(Optional<Consumer<String>> sink, Optional<PrintStream> file) {
    this.sink = sink;
    this.file = file;
  }

  /**
   * Opens what the user names.
   *
   * @param name a path, {@code -}, or nothing
   * @param dash takes the lines of text for {@code -}
   */
  static MonitorFile open(Optional<String> name, Consumer<String> dash) throws UserError {
    if (name.isEmpty()) {
      return new MonitorFile(Optional.empty(), Optional.empty());
    }
    if (name.get().equals(DASH)) {
      return new MonitorFile(Optional.of(dash), Optional.empty());
    }
    try {
      PrintStream out =
          new PrintStream(
              Files.newOutputStream(UserPath.of(name.get())), false, StandardCharsets.UTF_8);
      return new MonitorFile(Optional.of(text -> put(out, text)), Optional.of(out));
    } catch (IOException e) {
      throw refused(name.get(), HostErrors.reason(e), e);
    }
  }

  private static UserError refused(String name, String reason, Exception e) {
    return new UserError(
        ExitCode.USAGE,
        "--monitor " + name + ": cannot be written (" + reason + "); give the path of a file",
        e);
  }

  /** A monitor of a line that writes here. */
  LineWatch watch(String line) {
    return sink.<LineWatch>map(taker -> new LineMonitor(line, taker)).orElseGet(LineWatch::none);
  }

  /** A trace that shows lines here too. */
  TraceSink trace(TraceSink onward, Collection<Integer> uarts) {
    if (sink.isEmpty()) {
      return onward;
    }
    Map<String, LineWatch> watches = new TreeMap<>();
    for (int uart : uarts) {
      String name = Cables.name(uart);
      watches.put(name, watch(name));
    }
    return new MonitorTrace(onward, watches);
  }

  private static void put(PrintStream out, String text) {
    out.print(Printable.lines(text) + "\n");
    out.flush();
  }

  @Override
  public void close() {
    if (file.isPresent()) {
      file.get().close();
      if (file.get().checkError()) {
        throw new UncheckedIOException(new IOException("--monitor: is there room for the file?"));
      }
    }
  }
}
