package dev.roundhouse.junit;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.emulator.testing.Timeline;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.function.BiPredicate;

/**
 * A kind of event that a test looks for on a {@link TimelineView}. Tasks are given by the names of
 * their programs; {@code user_entry} is task 1 whatever its program is called.
 */
public final class Event {
  private final String text;
  private final BiPredicate<TraceEvent, Timeline> wanted;

  private Event(String text, BiPredicate<TraceEvent, Timeline> wanted) {
    this.text = text;
    this.wanted = wanted;
  }

  /** A task makes the system call send to another one. */
  public static Event sent(String from, String to) {
    return new Event(
        from + " sends to " + to,
        (event, line) ->
            event instanceof KernelEvent.Called(Tid tid, Syscall.Send send)
                && is(from, tid, line)
                && send.to() >= 0
                && is(to, new Tid(send.to()), line));
  }

  /** A task receives another one's message. */
  public static Event received(String by, String from) {
    return new Event(
        by + " receives from " + from,
        (event, line) ->
            event instanceof KernelEvent.ReplyBlocked(Tid sender, Tid receiver)
                && is(from, sender, line)
                && is(by, receiver, line));
  }

  /** A task makes the system call reply to another one. */
  public static Event replied(String from, String to) {
    return new Event(
        from + " replies to " + to,
        (event, line) ->
            event instanceof KernelEvent.Called(Tid tid, Syscall.Reply reply)
                && is(from, tid, line)
                && reply.to() >= 0
                && is(to, new Tid(reply.to()), line));
  }

  /** A task's program is loaded. */
  public static Event loaded(String program) {
    return new Event(
        program + " is loaded",
        (event, line) ->
            event instanceof KernelEvent.Loaded(Tid tid, String _, var _)
                && is(program, tid, line));
  }

  /** A task exits. */
  public static Event exited(String program) {
    return new Event(
        program + " exits",
        (event, line) -> event instanceof KernelEvent.Exited(Tid tid) && is(program, tid, line));
  }

  /** A train's pick-up reaches a sensor. */
  public static Event sensor(String sensor, int train) {
    return of(
        "train " + train + " reaches " + sensor, new TrainEvent.SensorTriggered(sensor, train));
  }

  /** A train comes to a standstill. */
  public static Event stopped(int train) {
    return new Event(
        "train " + train + " stops",
        (event, _) -> event instanceof TrainEvent.TrainStopped stop && stop.train() == train);
  }

  /** A turnout moves. */
  public static Event thrown(int turnout, Position position) {
    return of(
        "turnout " + turnout + " goes " + position,
        new TrainEvent.TurnoutThrown(turnout, position));
  }

  /** Two trains run into each other. */
  public static Event collision() {
    return new Event("trains collide", (event, _) -> event instanceof TrainEvent.TrainsCollided);
  }

  /** Exactly this event. */
  public static Event of(String text, TraceEvent exactly) {
    return new Event(text, (event, _) -> event.equals(exactly));
  }

  /** Any event that a test describes itself. */
  public static Event matching(String text, BiPredicate<TraceEvent, Timeline> wanted) {
    return new Event(text, wanted);
  }

  private static boolean is(String name, Tid tid, Timeline line) {
    return line.program(tid).filter(name::equals).isPresent()
        || (name.equals(Machine.ENTRY) && tid.value() == 1);
  }

  boolean matches(TraceEvent event, Timeline line) {
    return wanted.test(event, line);
  }

  @Override
  public String toString() {
    return text;
  }
}
