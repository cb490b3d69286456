package dev.roundhouse.emulator.run;

import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.HostLine;
import dev.roundhouse.emulator.input.InputGate;
import dev.roundhouse.emulator.input.LiveGate;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when guest code is left: looks up from it every few virtual milliseconds, and when it is
 * called from outside: lets outside input in, keeps pace with real time, and ends a run that is
 * over its limits. What a look finds is recorded with its virtual time, so that a replay can look
 * at the same moments.
 */
public final class RunControl implements HostLine.Run {
  private final InputGate gate;
  private final SerialLines lines;
  private final Pacer pacer;
  private final WallClock wall;
  private final RunLimits limits;
  private final OutsideCall call = new OutsideCall();
  private WallClock.Bell bell = WallClock.Bell.NONE;
  private boolean hasLooked;
  private long nextLookNanos;
  private @Nullable RunEnd end;
  private Pause pause = Pause.NEVER;
  private Runnable hostCheck = () -> {};
  private boolean isPausing;
  private boolean standsStill;
  private long lastNanos = Long.MAX_VALUE;
  private Supplier<RunEnd> lastEnd = RunEnd.VirtualTimeout::new;
  private volatile boolean tasksAreWanted;
  private Runnable showTasks = () -> {};

  public RunControl(
      InputGate gate, SerialLines lines, Pacer pacer, WallClock wall, RunLimits limits) {
    this.gate = gate;
    this.lines = lines;
    this.pacer = pacer;
    this.wall = wall;
    this.limits = limits;
  }

  /** Until when guest code may run without a look, in nanoseconds of virtual time. */
  public long nextNanos() {
    return end == null && !call.isCalling() ? Math.min(nextLookNanos, nextKnownNanos()) : 0;
  }

  private long nextKnownNanos() {
    long last = Math.min(lastNanos, limits.virtualNanos());
    return Math.min(Math.min(gate.nextKnownNanos(), pause.nanos()), last);
  }

  /** By which other threads make it look at once. */
  public OutsideCall call() {
    return call;
  }

  /** Real time counts from the first look: has its limit call where virtual time is slow. */
  private void startRealTime() {
    hasLooked = true;
    if (limits.wallNanos() != Long.MAX_VALUE) {
      bell = wall.ringAt(limits.wallNanos(), call::call);
    }
  }

  /** Nobody will look any more. */
  public void close() {
    call.reachNobody();
    bell.close();
  }

  /** Looks at the next opportunity. */
  public void lookSoon() {
    nextLookNanos = 0;
  }

  /** Sets when the run pauses next, and lets it go on from the present pause. */
  public void pauseAt(Pause next) {
    pause = next;
    isPausing = false;
    if (standsStill) {
      standsStill = false;
      wall.goOn();
      startRealTime();
    }
  }

  /** Lets no real time pass for the run until it goes on from its present pause. */
  public void standStill() {
    standsStill = true;
    bell.close();
    wall.standStill();
  }

  /** Whether the processor is to be left: the run is over or pauses. */
  public boolean mustLeave() {
    return end != null || isPausing;
  }

  /** Looks if it is time. */
  public void lookIfDue(long nowNanos) {
    if (nowNanos >= nextNanos()) {
      look(nowNanos);
    }
  }

  /** Has {@code show} run at a look each time that somebody asks for the tasks. */
  public void whenTasksAreWanted(Runnable show) {
    showTasks = show;
  }

  /** Asks for the tasks to be shown, which changes nothing of the run. Any thread may do so. */
  public void askForTasks() {
    tasksAreWanted = true;
    call.call();
  }

  /** Asks whether what the machine has of its host is still there. */
  public void checkHost() {
    hostCheck.run();
  }

  /** Also asks, at each look, whether what the machine has of its host is still there. */
  public void checking(Runnable newHostCheck) {
    hostCheck = newHostCheck;
  }

  /** Looks now. */
  public void look(long nowNanos) {
    if (!hasLooked) {
      startRealTime();
    }
    call.heard();
    hostCheck.run();
    if (tasksAreWanted) {
      tasksAreWanted = false;
      showTasks.run();
    }
    pacer.keepPace(nowNanos);
    gate.admit(nowNanos, this::receive);
    lines.flush();
    lines.showTrains(nowNanos);
    nextLookNanos = nowNanos + pacer.lookNanos();
    if (nowNanos >= lastNanos) {
      endWith(lastEnd.get());
    } else if (nowNanos >= limits.virtualNanos()) {
      endWith(new RunEnd.VirtualTimeout());
    } else if (isOutOfWallTime()) {
      endWith(new RunEnd.WallTimeout());
    } else if (nowNanos >= pause.nanos() || pause.when().getAsBoolean()) {
      isPausing = true;
    }
  }

  private void receive(ExternalInput input) {
    if (input instanceof ExternalInput.StopRequest) {
      endWith(new RunEnd.Stopped());
    } else {
      lines.deliver(input);
    }
  }

  private boolean isOutOfWallTime() {
    return wall.elapsedNanos() >= limits.wallNanos();
  }

  /**
   * Whether to give up waiting for input: only real time can run out meanwhile. What was sent is
   * made visible to whoever is to answer.
   */
  @Override
  public boolean isOver() {
    lines.flush();
    return isOutOfWallTime();
  }

  @Override
  public void byteTaken() {
    if (gate instanceof LiveGate live) {
      live.taken();
    }
  }

  /**
   * Waits while nothing runs.
   *
   * @return the virtual time at which to go on; now, when real time is over
   */
  public long idle(long nowNanos, long untilNanos) {
    if (isOutOfWallTime()) {
      return nowNanos;
    }
    return pacer.idle(nowNanos, Math.min(untilNanos, nextKnownNanos()));
  }

  /** Lets time leap to {@code untilNanos}, or as far as the outside world allows, and looks. */
  public void leap(GuestTime time, long untilNanos) {
    time.leapTo(idle(time.nanos(), untilNanos));
    look(time.nanos());
  }

  /** Ends the run at a moment of virtual time, unless something has ended it before. */
  public void endBy(long nanos, Supplier<RunEnd> why) {
    lastNanos = nanos;
    lastEnd = why;
  }

  /** Ends the run, unless something has ended it already. */
  public void endWith(RunEnd why) {
    if (end == null) {
      end = why;
    }
  }

  /** Whether something has ended the run. */
  public boolean hasEnded() {
    return end != null;
  }

  /** Why the run is over; empty while it is not. */
  public Optional<RunEnd> end() {
    return Optional.ofNullable(end);
  }
}
