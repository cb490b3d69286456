package dev.roundhouse.emulator.input;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The gate of a replay: lets in what was recorded, when it was recorded. */
public final class ReplayGate implements InputGate {
  /** Input and the virtual time in nanoseconds at which it entered. */
  public record Stamped(long nanos, ExternalInput input) {}

  private final Deque<Stamped> coming;
  private final InputLog log;

  /** A gate with the inputs of a recording, in their order. */
  public ReplayGate(List<Stamped> recorded, InputLog log) {
    coming = new ArrayDeque<>(recorded);
    this.log = log;
  }

  @Override
  public void admit(long nowNanos, Receiver receiver) {
    while (nextKnownNanos() <= nowNanos) {
      ExternalInput input = coming.remove().input();
      log.entered(nowNanos, input);
      receiver.receive(input);
    }
  }

  @Override
  public long nextKnownNanos() {
    Stamped first = coming.peek();
    return first == null ? Long.MAX_VALUE : first.nanos();
  }
}
