package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;

/** A board with a run loop's duties in the test's hand. */
public final class TestBoard implements TraceSink {
  public final VirtualClock clock = new VirtualClock();
  public final Agenda agenda = new Agenda();
  public final List<String> warnings = new ArrayList<>();
  public final List<TraceEvent> events = new ArrayList<>();
  public Bcm2711 board =
      Bcm2711.create(clock, agenda, this, (where, what) -> warnings.add(where + ": " + what));

  /** Puts a fresh board in the place of the present one. */
  public void reset() {
    board = board.reset();
  }

  public int read(long address) {
    return (int) board.bus().read(address, 4);
  }

  public void write(long address, int value) {
    board.bus().write(address, 4, value);
  }

  /** Lets time pass as a run loop does: from one deadline to the next. */
  public void advanceTo(long nanos) {
    while (agenda.nextNanos() <= nanos) {
      clock.advanceTo(Math.max(clock.nanos(), agenda.nextNanos()));
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(nanos);
  }

  public void advance(long nanos) {
    advanceTo(clock.nanos() + nanos);
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent event) {
    events.add(event);
  }
}
