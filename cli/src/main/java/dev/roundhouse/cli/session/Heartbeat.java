package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Progress;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.process.HostAbilities;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes a console's output on, and tells a person at a terminal that the run goes on while it says
 * nothing for some seconds: how far it is, how fast, and what runs. It looks whenever the machine
 * makes output visible, on the machine's thread.
 */
final class Heartbeat implements OutputPort {
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double FAST = 10;

  private final OutputPort port;
  private final Kind kind;
  private final LongSupplier clock;
  private final Consumer<String> voice;
  private final long start;
  private long silentSince;
  private long silentSinceVirtual;
  private boolean hasJustSpoken;
  private boolean hasEverSpoken;
  private boolean hasHinted;
  private @Nullable Running running;

  /** When a heartbeat would disturb, and what is known of the end. */
  sealed interface Kind {
    /** Nobody sees a screen that the program paints: never. */
    record Piped() implements Kind {}

    /** Once the program has printed something: it waits for keys, as it should. */
    record Interactive() implements Kind {}

    /** Never, and the end is known. */
    record Replayed(VirtualTime until) implements Kind {}
  }

  /** What is asked of a machine that runs. */
  interface Running {
    /** The present virtual time. */
    VirtualTime now();

    /** What it executes. */
    String whatRuns();

    /** Why nothing more seems to come. */
    List<String> hints();
  }

  Heartbeat(OutputPort port, Kind kind, LongSupplier clock, Consumer<String> voice) {
    this.port = port;
    this.kind = kind;
    this.clock = clock;
    this.voice = voice;
    start = clock.getAsLong();
    silentSince = start;
  }

  /** One that speaks on stderr if that is a terminal. */
  static Heartbeat onTerminal(OutputPort port, Kind kind, Messages messages) {
    return new Heartbeat(
        port,
        kind,
        System::nanoTime,
        line -> {
          if (HostAbilities.Standard.ERROR.isTerminal()) {
            messages.say(Messages.Tone.ASIDE, line);
          }
        });
  }

  /** What runs. */
  void of(Machine machine) {
    of(
        new Running() {
          @Override
          public VirtualTime now() {
            return machine.now();
          }

          @Override
          public String whatRuns() {
            return machine.whatRuns();
          }

          @Override
          public List<String> hints() {
            return machine.hints();
          }
        });
  }

  void of(Running newRunning) {
    running = newRunning;
  }

  @Override
  public void put(int value) throws IOException {
    hasJustSpoken = true;
    port.put(value);
  }

  @Override
  public void flush() throws IOException {
    port.flush();
    Running present = running;
    if (present != null) {
      look(present, clock.getAsLong());
    }
  }

  private void look(Running present, long now) {
    if (hasJustSpoken) {
      hasJustSpoken = false;
      hasEverSpoken = true;
      restart(present, now);
    } else if (now - silentSince >= SILENCE_NANOS) {
      if (!(kind instanceof Kind.Interactive) || !hasEverSpoken) {
        voice.accept(text(present, now) + hints(present));
      }
      restart(present, now);
    }
  }

  private void restart(Running present, long now) {
    silentSince = now;
    silentSinceVirtual = present.now().nanos();
  }

  private String text(Running present, long now) {
    long virtual = present.now().nanos();
    String sofar = String.format(Locale.ROOT, "%.1f s of virtual time", virtual / NANOS_PER_SECOND);
    if (kind instanceof Kind.Replayed(var until) && virtual > 0 && virtual < until.nanos()) {
      double share = (double) virtual / until.nanos();
      return String.format(
          Locale.ROOT,
          "%s of %.1f s (%.0f %%), about %s to go",
          sofar,
          until.nanos() / NANOS_PER_SECOND,
          100 * share,
          Progress.remaining(now - start, share));
    }
    double speed = (double) (virtual - silentSinceVirtual) / (now - silentSince);
    return String.format(
        Locale.ROOT,
        speed < FAST
            ? "%s, %.2f times as fast as real time; now %s"
            : "%s, %.0f times as fast as real time; now %s",
        sofar,
        speed,
        present.whatRuns());
  }

  /** Only once, below the first line that has any. */
  private String hints(Running present) {
    List<String> hints = hasHinted ? List.of() : present.hints();
    hasHinted |= !hints.isEmpty();
    return hints.isEmpty() ? "" : "\n" + String.join("\n", hints);
  }
}
