package dev.roundhouse.cli.hand;

import dev.roundhouse.emulator.observe.LineWatch;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * Shows bytes as they have left for a box on a real line, and not as they were wanted: a limit or a
 * dry run may have changed them. They leave on a thread of their own, and are shown before what is
 * heard after them.
 */
public final class SentBytes implements LineWatch {
  private final LineWatch monitor;
  private final LongSupplier nanos;
  private final Queue<Sent> untold = new ConcurrentLinkedQueue<>();

  private record Sent(long nanos, int value) {}

  /** Shows by {@code monitor}, at times that {@code nanos} gives. */
  public SentBytes(LineWatch monitor, LongSupplier nanos) {
    this.monitor = monitor;
    this.nanos = nanos;
  }

  /** A byte leaves; any thread may say so. */
  public void leaves(int value) {
    untold.add(new Sent(nanos.getAsLong(), value));
  }

  /** Shows what has left. */
  public void tell() {
    for (Sent sent = untold.poll(); sent != null; sent = untold.poll()) {
      monitor.toBox(sent.nanos, sent.value);
    }
  }

  @Override
  public void toBox(long wantedNanos, int value) {
    // It is shown when it leaves.
  }

  @Override
  public void fromBox(long heardNanos, int value) {
    tell();
    monitor.fromBox(heardNanos, value);
  }
}
