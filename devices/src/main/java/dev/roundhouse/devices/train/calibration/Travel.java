package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.train.box.BoxCommand;
import dev.roundhouse.devices.train.calibration.Tracking.Ride;
import dev.roundhouse.devices.train.calibration.Tracking.Section;
import dev.roundhouse.devices.train.calibration.Transcript.Closing;
import dev.roundhouse.devices.train.calibration.Transcript.Command;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import dev.roundhouse.devices.train.motion.Drive;
import dev.roundhouse.devices.train.motion.Locomotive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** How far a locomotive of given figures goes that is told what a ride's was. */
final class Travel {
  private final Drive drive;
  private final Locomotive locomotive;
  private final Map<Closing, Mark> marks = new LinkedHashMap<>();
  private final List<Double> stops = new ArrayList<>();
  private long now;
  private double mm;

  /**
   * Where it is when a contact closes.
   *
   * @param stops the distances of the stops until then, squared and added
   */
  private record Mark(double mm, double speed, double stops) {}

  private Travel(Locomotive locomotive) {
    this.locomotive = locomotive;
    drive = new Drive(locomotive, new SplittableRandom(0));
  }

  static Travel of(Ride ride, Locomotive locomotive) {
    Travel travel = new Travel(locomotive);
    int next = 0;
    for (Section section : ride.sections()) {
      for (Closing closing : List.of(section.from(), section.to())) {
        long at = middle(closing);
        while (next < ride.commands().size() && ride.commands().get(next).nanos() <= at) {
          travel.take(ride.commands().get(next++));
        }
        travel.markAt(closing, at);
      }
    }
    return travel;
  }

  private static long middle(Closing closing) {
    return closing.after() / 2 + closing.by() / 2;
  }

  private void markAt(Closing closing, long at) {
    if (!marks.containsKey(closing)) {
      goTo(at);
      double squares = stops.stream().mapToDouble(stop -> stop * stop).sum();
      marks.put(closing, new Mark(mm, drive.speed(now), squares));
    }
  }

  private void take(Command command) {
    goTo(command.nanos());
    switch (command.what()) {
      case BoxCommand.Speed(_, int level, _) -> {
        if (level == 0 && drive.level() > 0) {
          stops.add(locomotive.stoppingDistance(drive.level()));
        }
        drive.command(level, now);
      }
      case BoxCommand.Reverse _ -> drive.reverse(now);
      case BoxCommand.Rails(Power power) ->
          drive.setCurrent(power == Power.ON ? Drive.Current.ON : Drive.Current.OFF, now);
      default -> {
        // It is not moved by that.
      }
    }
  }

  private void goTo(long at) {
    while (drive.nextChange() <= at && drive.nextChange() > now) {
      count(drive.nextChange());
      drive.change(now);
    }
    count(Math.max(at, now));
  }

  private void count(long at) {
    mm += drive.advance(at);
    now = at;
  }

  private Mark mark(Closing closing) {
    Mark mark = marks.get(closing);
    if (mark == null) {
      throw new IllegalArgumentException("no contact of this ride");
    }
    return mark;
  }

  /** How far it goes from one contact to the other. */
  double mm(Section section) {
    return mark(section.to()).mm - mark(section.from()).mm;
  }

  /** Its speed when a contact closes. */
  double speed(Closing closing) {
    return mark(closing).speed;
  }

  /** The root of the sum of the squared distances of its stops on a section. */
  double stops(Section section) {
    return Math.sqrt(Math.max(0, mark(section.to()).stops - mark(section.from()).stops));
  }
}
