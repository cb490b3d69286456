package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.trace.EventVisitor;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes a trace as JSON Lines: one event a line, {@code t} its virtual time in nanoseconds, {@code
 * e} what happened, then what belongs to it. The same run gives the same bytes.
 */
public final class TraceFile implements TraceSink, AutoCloseable {
  private final OutputStream out;
  private final TraceForm form;
  private Function<TraceEvent, Optional<String>> source = event -> Optional.empty();

  /** A trace to a stream, which needs no buffer and is closed with it. */
  public TraceFile(OutputStream out) {
    this(out, new JsonLine(out));
  }

  private TraceFile(OutputStream out, TraceForm form) {
    this.out = out;
    this.form = form;
  }

  /** The same as a compact stream: see {@link BinaryTrace}. */
  public static TraceFile compact(OutputStream out) {
    return new TraceFile(out, new BinaryTrace(out));
  }

  /** From now on events say last, as {@code source}, which line of the guest's source did it. */
  public void tell(Function<TraceEvent, Optional<String>> newSource) {
    source = newSource;
  }

  @Override
  public boolean isOn() {
    return true;
  }

  /**
   * Writes one event.
   *
   * @throws UncheckedIOException when the stream does not take it
   */
  @Override
  public synchronized void emit(long nanos, TraceEvent event) {
    EventVisitor fields = form.begin(nanos);
    event.describeTo(fields);
    Optional<String> place = source.apply(event);
    if (place.isPresent()) {
      fields.text("source", place.get());
    }
    try {
      form.end();
    } catch (IOException e) {
      throw new UncheckedIOException("the trace cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Lets the stream have what was written, whole lines; any thread may do so.
   *
   * @throws UncheckedIOException when the stream does not take it
   */
  public synchronized void flush() {
    try {
      form.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the trace cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    form.flush();
    out.close();
  }
}
