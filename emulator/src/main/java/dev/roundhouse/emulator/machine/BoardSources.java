package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.irq.SourceState;
import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.board.EventSources;
import dev.roundhouse.kernel.board.Prospect;
import dev.roundhouse.kernel.board.Prospect.Verdict;

/** The board's interrupts as what tasks of the kernel model wait for. */
record BoardSources(Board board) implements EventSources {
  @Override
  public boolean mayStillCome(EventId event) {
    return board.mayStillInterrupt(event.interrupt(), event.source());
  }

  @Override
  public Prospect prospect(EventId event) {
    SourceState state = board.sourceState(event.interrupt(), event.source());
    Verdict verdict =
        switch (state.arming()) {
          case NEVER, LATE -> Verdict.NEVER_COULD_COME;
          case SPENT -> Verdict.TAKEN_BACK;
          case ARMED -> Verdict.EXHAUSTED;
        };
    return new Prospect(verdict, state.text());
  }
}
