package dev.roundhouse.emulator.testing;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.track.TrainView;
import java.time.Duration;
import java.util.Locale;

/** That a train moves, and then has stood still for a while. */
public final class TrainAtRest implements Condition {
  /** Programs that turn a train round let it stand for a moment first. */
  public static final Duration USUAL = Duration.ofSeconds(2);

  private static final long NOT_YET = -1;

  private final TestMachine bench;
  private final int number;
  private final long restNanos;
  private boolean hasMoved;
  private long standsSince = NOT_YET;

  /**
   * Waits for a train.
   *
   * @param rest how long it must have stood still
   */
  public TrainAtRest(TestMachine bench, int number, Duration rest) {
    this.bench = bench;
    this.number = number;
    restNanos = rest.toNanos();
  }

  @Override
  public boolean holds() {
    if (train().speed() > 0) {
      hasMoved = true;
      standsSince = NOT_YET;
      return false;
    }
    long present = bench.now().nanos();
    if (standsSince == NOT_YET) {
      standsSince = present;
    }
    return hasMoved && present - standsSince >= restNanos;
  }

  @Override
  public String text() {
    return "train " + number + " moves and comes to rest";
  }

  @Override
  public String present() {
    return (hasMoved ? "" : "it has not moved; ") + describe(train());
  }

  @Override
  public boolean mayHoldAfter(TraceEvent event) {
    return event instanceof TrainEvent;
  }

  private TrainView train() {
    return bench
        .trains()
        .flatMap(trains -> trains.track().view(number))
        .orElseThrow(() -> new DescriptionException("train " + number + " is not on the track"));
  }

  /** How a train is, in a sentence. */
  public static String describe(TrainView train) {
    return String.format(
        Locale.ROOT,
        "it is %s, at %s, speed %.0f mm/s, level %d",
        train.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        train.pickUp(),
        train.speed(),
        train.level());
  }
}
