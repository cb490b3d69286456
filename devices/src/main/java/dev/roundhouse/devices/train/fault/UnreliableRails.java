package dev.roundhouse.devices.train.fault;

import dev.roundhouse.devices.train.box.Trackside;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.motion.Body.Heading;
import java.util.SplittableRandom;

/** Rails on which locomotives miss some commands. */
public final class UnreliableRails implements Trackside {
  private final Trackside rails;
  private final SplittableRandom chance;
  private final Journal journal;
  private double missed;

  /** Rails that miss nothing yet. */
  public UnreliableRails(Trackside rails, SplittableRandom chance, Journal journal) {
    this.rails = rails;
    this.chance = chance;
    this.journal = journal;
  }

  void setMissed(double probability) {
    missed = probability;
  }

  private boolean isHeard(int locomotive) {
    boolean heard = missed == 0 || chance.nextDouble() >= missed;
    if (!heard) {
      String what = "train " + locomotive + " misses a command";
      journal.report(new TrainEvent.FaultChanged("missed-commands", what));
    }
    return heard;
  }

  @Override
  public void speed(int locomotive, int level, Light light) {
    if (isHeard(locomotive)) {
      rails.speed(locomotive, level, light);
    }
  }

  @Override
  public void reverse(int locomotive, Light light) {
    if (isHeard(locomotive)) {
      rails.reverse(locomotive, light);
    }
  }

  @Override
  public void head(int locomotive, Heading heading, Turning turning) {
    if (isHeard(locomotive)) {
      rails.head(locomotive, heading, turning);
    }
  }

  @Override
  public void halt(int locomotive) {
    if (isHeard(locomotive)) {
      rails.halt(locomotive);
    }
  }

  @Override
  public void light(int locomotive, Light light) {
    if (isHeard(locomotive)) {
      rails.light(locomotive, light);
    }
  }

  @Override
  public boolean has(int locomotive) {
    return rails.has(locomotive);
  }

  @Override
  public void functions(int locomotive, int bits) {
    if (isHeard(locomotive)) {
      rails.functions(locomotive, bits);
    }
  }

  @Override
  public void throwTurnout(int turnout, Position position) {
    rails.throwTurnout(turnout, position);
  }

  @Override
  public long throwNanos(int turnout) {
    return rails.throwNanos(turnout);
  }

  @Override
  public void power(Power power) {
    rails.power(power);
  }

  @Override
  public long poweredSince() {
    return rails.poweredSince();
  }
}
