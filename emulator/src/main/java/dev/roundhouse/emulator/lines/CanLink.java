package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.train.cs3.FrameBytes;
import dev.roundhouse.devices.train.cs3.MarklinId;
import dev.roundhouse.devices.train.cs3.StationCommand;
import dev.roundhouse.devices.train.cs3.StationMessage;
import dev.roundhouse.emulator.process.Notices;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real CAN bus with a station, one step at a time: no thread and no clock of its own. When an
 * adapter is lost, the program's bus has nobody to acknowledge; when it is back, stop goes out
 * first. At the end the trains count as stopped when the station has answered so.
 */
final class CanLink implements GuardedLink.Link {
  static final long RETRY = 200_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** The program at this end of the line. */
  interface Program {
    /** Its next frame to the bus, if it has sent one. */
    Optional<CanFrame> next();

    /** A frame, of its own or another one, leaves for the bus. */
    void sent(CanFrame frame);

    /** A frame has come for it. */
    void received(CanFrame frame);

    /** Whether it has a bus. */
    void reach(Signal state);
  }

  /** Who is at the ends of the line, and how it is used. */
  record Ends(String name, CanAdapter.Opener adapter, Program program, Notices notices) {}

  private final Ends ends;
  private final CanSettings settings;
  private final CanFilter filter;
  private final Deque<CanFrame> urgent = new ArrayDeque<>();
  private @Nullable CanAdapter adapter;
  private Closing closing = Closing.NOT;
  private long freeAt;
  private long notBefore;
  private long nextTry;
  private long nextStop;

  /** How far the end has come. */
  private enum Closing {
    NOT,
    STOPPING,
    STOPPED
  }

  CanLink(Ends ends, CanSettings settings, CanAdapter adapter) {
    this.ends = ends;
    this.settings = settings;
    this.adapter = adapter;
    filter = new CanFilter(ends.name(), settings, ends.notices());
  }

  @Override
  public void step(long now) {
    CanAdapter present = adapter == null ? tryAgain(now) : adapter;
    if (present == null) {
      return;
    }
    try {
      for (var frame = present.receive(); frame.isPresent(); frame = present.receive()) {
        receive(frame.get());
      }
      send(present, now);
    } catch (IOException e) {
      lose(present, e, now);
    }
  }

  private void receive(CanFrame frame) {
    boolean isStop =
        MarklinId.of(frame.id()).kind() == MarklinId.Kind.RESPONSE
            && StationMessage.of(frame)
                instanceof StationMessage.SystemCommand(_, StationMessage.Order order)
            && order == StationMessage.Order.STOP;
    if (closing == Closing.STOPPING && isStop) {
      closing = Closing.STOPPED;
    }
    if (FrameBytes.holds(frame)) {
      ends.program().received(frame);
    }
  }

  private void send(CanAdapter to, long now) throws IOException {
    if (closing == Closing.STOPPING && urgent.isEmpty() && now >= nextStop) {
      nextStop = now + RETRY;
      urgent.add(StationCommand.stop());
    }
    if (now < freeAt) {
      return;
    }
    if (!urgent.isEmpty()) {
      put(to, urgent.remove(), now);
    } else if (closing == Closing.NOT && now >= notBefore) {
      Optional<CanFrame> next = ends.program().next();
      if (next.isPresent()) {
        notBefore =
            now + settings.framesPerSecond().stream().mapToLong(n -> NANOS_PER_SECOND / n).sum();
        Optional<CanFrame> passed = filter.pass(next.get());
        if (passed.isPresent()) {
          put(to, passed.get(), now);
        }
      }
    }
  }

  private void put(CanAdapter to, CanFrame frame, long now) throws IOException {
    freeAt = now + to.sendNanos(frame);
    to.send(frame);
    ends.program().sent(frame);
  }

  private void lose(CanAdapter lost, IOException why, long now) {
    lost.close();
    adapter = null;
    nextTry = now + RETRY;
    ends.program().reach(Signal.NEGATED);
    dropWhatWaits();
    say("lost the bus (" + why.getMessage() + "); waiting for it to come back");
  }

  /** What a program sent before it could know is not to move trains later. */
  private void dropWhatWaits() {
    Optional<CanFrame> dropped = ends.program().next();
    while (dropped.isPresent()) {
      dropped = ends.program().next();
    }
  }

  private @Nullable CanAdapter tryAgain(long now) {
    if (now < nextTry) {
      return null;
    }
    try {
      adapter = ends.adapter().open();
      dropWhatWaits();
      urgent.clear();
      urgent.add(StationCommand.stop());
      freeAt = now;
      if (closing == Closing.NOT) {
        say("the bus is back; the trains are stopped: go lets them go on");
      }
      ends.program().reach(Signal.ASSERTED);
    } catch (IOException e) {
      nextTry = now + RETRY;
    }
    return adapter;
  }

  @Override
  public void beginStop() {
    closing = Closing.STOPPING;
    urgent.clear();
  }

  @Override
  public boolean isStopped() {
    return closing == Closing.STOPPED;
  }

  @Override
  public void close() {
    CanAdapter present = adapter;
    if (present != null) {
      present.close();
      adapter = null;
    }
  }

  private void say(String what) {
    ends.notices().say(ends.name() + ": " + what);
  }
}
