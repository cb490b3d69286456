package dev.roundhouse.devices.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import org.junit.jupiter.api.Test;

class GenericTimerTest {
  private static final long ENABLE_SET = 0xFF841100L;
  private static final long ACKNOWLEDGE = 0xFF84200CL;
  private static final int ENABLE = 1;
  private static final int ENABLE_MASKED = 3;
  private static final int MET = 4;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final Bcm2711 board =
      Bcm2711.create(clock, agenda, new SilentTrace(), (where, what) -> {});
  private final GenericTimer timer = board.genericTimer();

  private void pass(long nanos) {
    clock.advanceTo(clock.nanos() + nanos);
    agenda.runDue(clock.nanos());
  }

  @Test
  void itCounts54InAMicrosecond() {
    pass(1_000);
    assertThat(timer.count()).isEqualTo(54);
    pass(999_999_000);
    assertThat(timer.count()).isEqualTo(GenericTimer.HZ);
  }

  @Test
  void itInterruptsWhenItsTimeHasCome() {
    board.bus().write(ENABLE_SET, 4, 1L << GenericTimer.PHYSICAL_INTERRUPT);
    timer.physical().setCountsLeft(5_400);
    timer.physical().setControl(ENABLE);
    pass(99_999);
    assertThat(timer.physical().control()).isEqualTo(ENABLE);
    assertThat(board.gic().irqAsserted()).isFalse();
    pass(1);
    assertThat(timer.physical().control()).isEqualTo(ENABLE | MET);
    assertThat(board.gic().irqAsserted()).isTrue();
    assertThat(board.bus().read(ACKNOWLEDGE, 4)).isEqualTo(GenericTimer.PHYSICAL_INTERRUPT);
  }

  @Test
  void aMaskedTimerOnlyShowsIt() {
    board.bus().write(ENABLE_SET, 4, 1L << GenericTimer.VIRTUAL_INTERRUPT);
    timer.virtual().setCompare(54);
    timer.virtual().setControl(ENABLE_MASKED);
    pass(2_000);
    assertThat(timer.virtual().control()).isEqualTo(ENABLE_MASKED | MET);
    assertThat(board.gic().irqAsserted()).isFalse();
    assertThat(timer.virtual().mayInterrupt()).isFalse();
  }

  @Test
  void aTimeThatHasPassedCountsDownBelowZero() {
    pass(1_000_000);
    timer.physical().setCompare(timer.count() - 1);
    assertThat(timer.physical().countsLeft()).isEqualTo(0xFFFF_FFFFL);
  }

  @Test
  void anAbsurdlyLateTimeNeverComes() {
    timer.physical().setCompare(Long.MAX_VALUE);
    timer.physical().setControl(ENABLE);
    assertThat(agenda.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }
}
