package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.EventText;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.ReplayGate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares a run with a recording while it goes on. */
final class ReplayCheck implements TraceSink, InputLog {
  private static final int REMEMBERED_EVENTS = 12;

  /** Ends the machine's run from inside, at exactly the event that showed the outcome. */
  static final class Halt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Halt() {
      super("the replay is over", null, false, false);
    }
  }

  private record Seen(long nanos, Object what) {
    String text() {
      return new VirtualTime(nanos)
          + " "
          + (what instanceof TraceEvent event ? EventText.of(event) : what);
    }
  }

  private record Pulled(int uart, int value) {}

  private final Recording recording;
  private final TraceSink onward;
  private final Iterator<ReplayGate.Stamped> inputs;
  private final Iterator<CheckPoint> checkPoints;
  private final EventDigest digest = new EventDigest();
  private final Deque<Seen> lastSeen = new ArrayDeque<>();
  private CheckPoint passed = CheckPoint.START;
  private @Nullable CheckPoint next;
  private @Nullable ReplayOutcome outcome;

  ReplayCheck(Recording recording, TraceSink onward) {
    this.recording = recording;
    this.onward = onward;
    inputs = recording.log().entered().iterator();
    checkPoints = recording.log().checkPoints().iterator();
    takeNextCheckPoint();
  }

  /** How much has happened so far. */
  long events() {
    return digest.events();
  }

  /** What is known already; empty while there is no difference and the recording goes on. */
  Optional<ReplayOutcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent event) {
    if (outcome == null) {
      if (onward.isOn()) {
        onward.emit(nanos, event);
      }
      if (!(event instanceof KernelStep)) {
        digest.add(nanos, event);
        compare(nanos, event);
      }
    }
  }

  @Override
  public void entered(long nanos, ExternalInput input) {
    if (outcome == null) {
      digest.add(nanos, input);
      remember(nanos, input);
      ReplayGate.Stamped recorded = inputs.next();
      if (recorded.nanos() != nanos) {
        differ(
            "input entered at %s, recorded was %s"
                .formatted(new VirtualTime(nanos), new VirtualTime(recorded.nanos())));
        throw new Halt();
      }
      compare();
    }
  }

  @Override
  public void pulled(int uart, int value) {
    if (outcome == null) {
      digest.addPulled(uart, value);
      compare(digest.latestNanos(), new Pulled(uart, value));
    }
  }

  private void compare(long nanos, Object what) {
    remember(nanos, what);
    compare();
  }

  private void remember(long nanos, Object what) {
    if (lastSeen.size() == REMEMBERED_EVENTS) {
      lastSeen.remove();
    }
    lastSeen.add(new Seen(nanos, what));
  }

  private void compare() {
    CheckPoint expected = next;
    if (expected != null && digest.events() == expected.events()) {
      CheckPoint now = digest.now();
      if (!now.equals(expected)) {
        differ(
            now.nanos() == expected.nanos()
                ? "other events than recorded"
                : "as many events were recorded by " + new VirtualTime(expected.nanos()));
        throw new Halt();
      }
      passed = now;
      takeNextCheckPoint();
      haltAtCut();
    } else if (expected != null && digest.latestNanos() > expected.nanos()) {
      differ(
          "by %s there were %d events in the recording"
              .formatted(new VirtualTime(expected.nanos()), expected.events()));
      throw new Halt();
    }
  }

  private void haltAtCut() {
    if (next == null && !recording.isComplete()) {
      outcome =
          new ReplayOutcome.IdenticalUntilCut(new VirtualTime(passed.nanos()), passed.events());
      throw new Halt();
    }
  }

  private void takeNextCheckPoint() {
    next = checkPoints.hasNext() ? checkPoints.next() : null;
  }

  /** The machine ended by itself; {@code end} is how, in the recording's terms. */
  Optional<Divergence> compareEnd(RecordedEnd end) {
    if (recording.ending().isEmpty()) {
      differ("the run ended: " + end.summary() + "; the recording goes on");
    } else {
      Recording.Ending recorded = recording.ending().get();
      CheckPoint now = digest.now();
      boolean isSame =
          recorded.last().events() == now.events() && recorded.last().digest() == now.digest();
      if (!recorded.how().equals(end)) {
        differ(
            "it ended otherwise\n  recorded: "
                + recorded.how().summary()
                + "\n  replayed: "
                + end.summary());
      } else if (!isSame) {
        differ("other events than recorded");
      }
    }
    return outcome instanceof ReplayOutcome.Different(Divergence difference)
        ? Optional.of(difference)
        : Optional.empty();
  }

  private void differ(String what) {
    List<String> events = new ArrayList<>();
    lastSeen.forEach(seen -> events.add(seen.text()));
    outcome =
        new ReplayOutcome.Different(
            new Divergence(
                what,
                Divergence.Progress.of(passed),
                Divergence.Progress.of(digest.now()),
                events));
  }
}
