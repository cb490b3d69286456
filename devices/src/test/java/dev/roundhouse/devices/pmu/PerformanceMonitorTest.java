package dev.roundhouse.devices.pmu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import org.junit.jupiter.api.Test;

/** Time and interrupts; what registers do is checked by the guest kernel check_pmu. */
class PerformanceMonitorTest {
  private static final long CYCLES = 1L << 31;
  private static final long ENABLE = 1;
  private static final long INSTRUCTIONS = 0x08;
  private static final long LAST = 0xFFFF_FFFFL;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private Level level = Level.LOW;
  private long executed;
  private final PerformanceMonitor monitor =
      new PerformanceMonitor(
          new BoardServices(clock, agenda.part(), new SilentTrace(), (where, what) -> {}),
          newLevel -> level = newLevel);

  PerformanceMonitorTest() {
    monitor.follow(() -> executed);
  }

  private Moment now() {
    return new Moment(clock.nanos(), executed);
  }

  private void write(int register, long value) {
    monitor.write(register, value, now());
  }

  private long cycles() {
    return monitor.read(PmuRegister.PMCCNTR_EL0, now());
  }

  private void pass(long nanos, long instructions) {
    executed += instructions;
    clock.advanceTo(clock.nanos() + nanos);
    agenda.runDue(clock.nanos());
  }

  private void start(long counters, int register, long value) {
    write(register, value);
    write(PmuRegister.PMCNTENSET_EL0, counters);
    write(PmuRegister.PMINTENSET_EL1, counters);
    write(PmuRegister.PMCR_EL0, ENABLE);
  }

  @Test
  void threeCyclesTakeTwoNanosecondsHoweverOftenItIsRead() {
    pass(7, 7);
    start(CYCLES, PmuRegister.PMCCNTR_EL0, 0);
    long start = cycles();
    for (int n = 0; n < 1_001; n++) {
      pass(1, 1);
      long _ = cycles();
    }
    assertThat(cycles() - start).isBetween(1_501L, 1_502L);
  }

  @Test
  void aMomentBeforeTheLastChangesNothing() {
    start(CYCLES, PmuRegister.PMCCNTR_EL0, 0);
    pass(100, 100);
    assertThat(cycles()).isEqualTo(150);
    assertThat(monitor.read(PmuRegister.PMCCNTR_EL0, new Moment(90, 90))).isEqualTo(150);
    pass(2, 2);
    assertThat(cycles()).isEqualTo(153);
  }

  @Test
  void itInterruptsWhenTheCycleCounterOverruns() {
    start(CYCLES, PmuRegister.PMCCNTR_EL0, LAST - 149);
    assertThat(agenda.nextNanos()).isEqualTo(100);
    assertThat(monitor.mayInterrupt()).isTrue();
    pass(99, 0);
    assertThat(level).isEqualTo(Level.LOW);
    pass(1, 0);
    assertThat(level).isEqualTo(Level.HIGH);
    assertThat(agenda.nextNanos()).isEqualTo(Long.MAX_VALUE);
    write(PmuRegister.PMOVSCLR_EL0, CYCLES);
    assertThat(level).isEqualTo(Level.LOW);
  }

  @Test
  void anOverflowOfInstructionsIsFoundThoughTheyTakeLongerThanANanosecond() {
    write(PmuRegister.PMEVTYPER_EL0, INSTRUCTIONS);
    start(1, PmuRegister.PMEVCNTR_EL0, LAST - 999);
    for (int n = 0; n < 1_100; n++) {
      pass(30, 1);
    }
    assertThat(level).isEqualTo(Level.HIGH);
    assertThat(monitor.mayInterrupt()).isTrue();
  }

  @Test
  void whileNothingIsExecutedItSeldomLooksForIt() {
    write(PmuRegister.PMEVTYPER_EL0, INSTRUCTIONS);
    start(1, PmuRegister.PMEVCNTR_EL0, LAST);
    assertThat(monitor.mayInterrupt()).isFalse();
    pass(10, 0);
    assertThat(agenda.nextNanos() - clock.nanos()).isGreaterThanOrEqualTo(100_000);
  }
}
