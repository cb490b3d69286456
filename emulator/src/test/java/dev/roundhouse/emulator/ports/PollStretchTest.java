package dev.roundhouse.emulator.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.emulator.run.CountedBudget;
import dev.roundhouse.emulator.run.GuestTime;
import org.junit.jupiter.api.Test;

class PollStretchTest {
  private static final int COUNTER = 1;
  private static final int FLAGS = 2;
  private static final long SECOND = 1_000_000_000;

  private final CountedBudget budget = new CountedBudget();
  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final GuestTime time = new GuestTime(clock, agenda, budget, () -> 1);
  private final PollStretch polls = new PollStretch(time);

  private void read(int register, int instructions) {
    budget.counted += instructions;
    time.catchUp();
    polls.read(register, 0);
  }

  @Test
  void aFewReadsTakeNoTime() {
    for (int n = 0; n < PollStretch.POLLS; n++) {
      read(COUNTER, 4);
    }
    assertThat(clock.nanos()).isEqualTo(4 * PollStretch.POLLS);
  }

  @Test
  void aLoopOverOneRegisterWaitsASecondInFewTurns() {
    int turns = 0;
    while (clock.nanos() < SECOND) {
      read(COUNTER, 4);
      turns++;
    }
    assertThat(turns).isLessThan(100_000);
  }

  @Test
  void aLoopOverSeveralRegistersIsOneToo() {
    int turns = 0;
    while (clock.nanos() < SECOND) {
      read(COUNTER, 10);
      read(FLAGS, 10);
      turns++;
    }
    assertThat(turns).isLessThan(100_000);
  }

  @Test
  void aRegisterThatWasReadBeforeTheLoopDoesNotMatter() {
    read(FLAGS, 4);
    int turns = 0;
    while (clock.nanos() < SECOND) {
      read(COUNTER, 4);
      turns++;
    }
    assertThat(turns).isLessThan(100_000);
  }

  @Test
  void aShortWaitIsExactToAThousandth() {
    long tick = 10_000_000;
    while (clock.nanos() < tick) {
      read(COUNTER, 4);
    }
    assertThat(clock.nanos()).isBetween(tick, tick + tick / 1000 + PollStretch.TURN_NANOS);
  }

  @Test
  void anAlarmIsNotPassedBy() {
    long[] rang = {0};
    agenda.alarm("test", _ -> rang[0] = clock.nanos()).setAt(123_456);
    while (clock.nanos() < SECOND / 100) {
      read(FLAGS, 4);
    }
    assertThat(rang[0]).isEqualTo(123_456);
  }

  @Test
  void codeThatWritesOrWorksBetweenItsReadsDoesNotWait() {
    for (int n = 0; n < 1000; n++) {
      read(COUNTER, 4);
      polls.written();
    }
    assertThat(clock.nanos()).isEqualTo(4000);
    for (int n = 0; n < 1000; n++) {
      read(COUNTER, 100);
    }
    assertThat(clock.nanos()).isEqualTo(104_000);
  }
}
