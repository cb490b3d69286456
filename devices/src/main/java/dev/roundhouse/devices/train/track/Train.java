package dev.roundhouse.devices.train.track;

import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.box.Trackside.Turning;
import dev.roundhouse.devices.train.event.Misuse;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.layout.Edge;
import dev.roundhouse.devices.train.layout.Node;
import dev.roundhouse.devices.train.motion.Body;
import dev.roundhouse.devices.train.motion.Body.Heading;
import dev.roundhouse.devices.train.motion.Drive;
import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.devices.train.motion.Locomotive.InDeadZone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A train on the track. It wakes when something is about to happen to it, and only then. */
final class Train {
  /** Nearer than this is there: distances are sums of doubles. */
  private static final double NEAR_MM = 1e-4;

  /** How near two trains come before they count as touching. */
  private static final double TOUCHING_MM = 0.5;

  private static final long NEVER = Long.MAX_VALUE;

  private final Locomotive locomotive;
  private final TrackParts track;
  private final Drive drive;
  private final Path path;
  private final Alarm alarm;
  private final List<Runnable> unheard = new ArrayList<>();
  private TrainState state = TrainState.ON_TRACK;
  private Light light = Light.OFF;
  private int functions;
  private int deadZones;
  private double ownFactor = 1;

  Train(Locomotive locomotive, TrackParts track) {
    this.locomotive = locomotive;
    this.track = track;
    drive = new Drive(locomotive, track.services().chance().split());
    path = new Path(body().length(), Mark.of(body(), drive.heading()));
    alarm = track.services().agenda().alarm("train " + locomotive.address(), at -> update());
  }

  private Body body() {
    return locomotive.body();
  }

  int number() {
    return locomotive.address();
  }

  /** Puts it on edges, the last one first, that start so far behind its front. */
  void putOn(List<Span> spans) {
    for (Span span : spans) {
      path.add(span.edge, span.behind);
      track.occupancy().enter(span.edge.section(), this);
    }
  }

  TrainView view(long now) {
    double moved = drive.ahead(now);
    return new TrainView(
        number(),
        state,
        path.under(moved),
        path.at(overhang() - moved),
        drive.heading(),
        drive.level(),
        drive.speed(now),
        light,
        functions);
  }

  private double overhang() {
    return body().overhang(drive.heading());
  }

  /** A speed command. */
  void command(int level, Light newLight) {
    light = newLight;
    hear(() -> setLevel(level));
  }

  /** A change of direction. */
  void reverse(Light newLight) {
    light = newLight;
    hear(this::turn);
  }

  /** Turns round, unless it heads there or is about to. */
  void head(Heading heading, Turning turning) {
    hear(() -> {
      if (runs() && drive.headsFor() != heading) {
        if (turning == Turning.AT_ONCE) {
          drive.stand(now());
        }
        if (drive.reverse(now()) == Drive.Outcome.TURNED) {
          turnRound();
        }
      }
    });
  }

  /** Stops at once. */
  void halt() {
    hear(() -> drive.halt(now()));
  }

  void setLight(Light newLight) {
    light = newLight;
  }

  void setFunctions(int bits) {
    functions = bits;
  }

  /** A command on the rails; on a dead zone there are none. */
  private void hear(Runnable command) {
    long now = now();
    update();
    if (deadZones > 0 && drive.isMoving(now)) {
      if (locomotive.deadZones().commands() == InDeadZone.HEARD_LATER) {
        unheard.add(command);
      }
      return;
    }
    command.run();
    update();
  }

  private void setLevel(int level) {
    int before = drive.level();
    drive.command(level, now());
    if (!runs()) {
      drive.stand(now());
    } else if (level != before && track.services().journal().isTraced()) {
      track.services().journal().report(new TrainEvent.SpeedChanging(number(), level));
    }
  }

  private void turn() {
    long now = now();
    if (!runs()) {
      return;
    }
    if (drive.rolls(now)) {
      track
          .services()
          .journal()
          .misuse(
              Misuse.REVERSED_WHILE_MOVING,
              "train " + number() + ": it stops first; send speed 0 and wait");
    }
    if (drive.reverse(now) == Drive.Outcome.TURNED) {
      turnRound();
    }
  }

  private boolean runs() {
    return state == TrainState.ON_TRACK;
  }

  void setCurrent(Drive.Current current) {
    update();
    drive.setCurrent(current, now());
    standUnlessItRuns();
    update();
  }

  /** Makes it run at a part of its speed everywhere. */
  void setFactor(double factor) {
    ownFactor = factor;
    heedTrack();
  }

  /** The track under it may have changed. */
  void heedTrack() {
    update();
    adaptFactor();
    standUnlessItRuns();
    update();
  }

  private void adaptFactor() {
    double here = track.speedFactors().get(path.first().edge.section());
    drive.setFactor(ownFactor * here, now());
  }

  private void standUnlessItRuns() {
    if (!runs()) {
      drive.stand(now());
    }
  }

  /**
   * A turnout under it or elsewhere has moved. A train that stands there stays on the rails:
   * kernels set all turnouts when they start, with trains on the track.
   */
  void turnoutMoved(int turnout) {
    update();
    if (runs() && isMoving() && path.isAcross(turnout)) {
      end(TrainState.DERAILED);
      track.services().journal().report(new TrainEvent.TrainDerailed(number(), turnout));
    }
  }

  private void end(TrainState how) {
    state = how;
    drive.stand(now());
    alarm.cancel();
  }

  private long now() {
    return track.services().clock().nanos();
  }

  /** Brings the train to the present and sets the time of its next event. */
  private void update() {
    long now = now();
    path.move(drive.advance(now));
    settle();
    if (runs()) {
      switch (drive.change(now)) {
        case STOPPED -> report(new TrainEvent.TrainStopped(number(), place()));
        case TURNED -> turnRound();
        default -> {
          // It goes on.
        }
      }
      hearTheRest();
      schedule(now);
    }
  }

  private String place() {
    return path.at(overhang()).toString();
  }

  private void report(TrainEvent event) {
    track.services().journal().report(event);
  }

  /** Lets everything happen that is due where the train is. */
  private void settle() {
    boolean more = true;
    while (more && runs()) {
      more = passMarks();
      Span first = path.first();
      if (runs() && first.behind + NEAR_MM >= first.edge.lengthMm()) {
        enterNext(first);
        more = true;
      }
    }
    if (runs()) {
      othersAhead().ifPresent(gap -> touch(gap.other(), gap.mm()));
    }
  }

  private boolean passMarks() {
    boolean any = false;
    int cleared = 0;
    for (Span span : path.spans()) {
      while (runs()
          && path.hasMark(span.nextMark)
          && span.behind + NEAR_MM >= path.mark(span.nextMark).mm()) {
        Mark.Kind kind = path.mark(span.nextMark++).kind();
        any = true;
        if (kind == Mark.Kind.CLEAR) {
          cleared++;
        } else {
          pass(span.edge.from(), kind);
        }
      }
    }
    for (; cleared > 0; cleared--) {
      track.occupancy().leave(path.dropLast().section(), this);
    }
    return any;
  }

  private void pass(Node node, Mark.Kind kind) {
    boolean turnout = Path.turnoutAt(node).isPresent();
    if (kind == Mark.Kind.PICK_UP) {
      track.sensors().reached(node, number());
      if (turnout) {
        deadZones++;
        perhapsStall();
      }
    } else if (kind == Mark.Kind.PICK_UP_END) {
      track.sensors().left(node);
    } else if (turnout && deadZones > 0) {
      deadZones--;
    }
  }

  private void perhapsStall() {
    var zones = locomotive.deadZones();
    if (drive.speed(now()) < zones.stallsBelow()
        && track.services().chance().nextDouble() < zones.stallChance()) {
      end(TrainState.STALLED);
      report(new TrainEvent.TrainStalled(number(), place()));
    }
  }

  private void hearTheRest() {
    if (deadZones == 0 && !unheard.isEmpty()) {
      List<Runnable> commands = List.copyOf(unheard);
      unheard.clear();
      commands.forEach(Runnable::run);
    }
  }

  private void enterNext(Span first) {
    Optional<Edge> next = track.turnouts().leaving(first.edge.to());
    if (next.isEmpty()) {
      end(TrainState.RAN_OFF);
      report(new TrainEvent.TrainRanOff(number(), first.edge.to().name()));
      return;
    }
    Edge edge = next.get();
    path.enter(edge, Math.max(0, first.behind - first.edge.lengthMm()));
    track.occupancy().enter(edge.section(), this);
    adaptFactor();
    othersAhead().ifPresent(gap -> touch(gap.other(), gap.mm()));
  }

  private void touch(Train other, double gap) {
    if (runs() && gap < TOUCHING_MM && (isMoving() || other.isMoving())) {
      report(new TrainEvent.TrainsCollided(number(), other.number(), place()));
      end(TrainState.COLLIDED);
      other.runInto();
    }
  }

  private void runInto() {
    if (runs()) {
      path.move(drive.advance(now()));
      end(TrainState.COLLIDED);
    }
  }

  private Optional<Gap> othersAhead() {
    return Gap.ahead(this, path.first(), track.occupancy());
  }

  /** The stretch of an edge or its reverse under it now, from the start of that edge. */
  Optional<Path.Stretch> on(Edge edge) {
    return path.on(edge, drive.ahead(now()));
  }

  boolean isMoving() {
    return drive.isMoving(now());
  }

  private void schedule(long now) {
    double step = path.toNextEvent();
    Optional<Gap> gap = othersAhead();
    if (gap.isPresent()) {
      step = Math.min(step, gap.get().step());
    }
    long moved = drive.whenCovered(Math.max(step, NEAR_MM));
    long next = Math.min(moved, drive.nextChange());
    if (next == NEVER || !drive.isMoving(now)) {
      alarm.cancel();
    } else {
      alarm.setAt(Math.max(next, now));
    }
  }

  private void turnRound() {
    for (Span span : path.spans()) {
      leaveSensor(span);
    }
    path.reverse(track.layout(), Mark.of(body(), drive.heading()));
    deadZones = 0;
    for (Span span : path.spans()) {
      if (Path.turnoutAt(span.edge.from()).isPresent()
          && path.isBetween(span, Mark.Kind.PICK_UP, Mark.Kind.DEAD_ZONE_END)) {
        deadZones++;
      }
    }
    report(new TrainEvent.DirectionChanged(number(), place()));
  }

  private void leaveSensor(Span span) {
    if (path.isBetween(span, Mark.Kind.PICK_UP, Mark.Kind.PICK_UP_END)) {
      track.sensors().left(span.edge.from());
    }
  }
}
