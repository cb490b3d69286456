package dev.roundhouse.emulator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.abi.SavedRegisters;
import org.junit.jupiter.api.Test;

class LastCallsTest {
  private final LastCalls calls = new LastCalls();

  private void note(int nth) {
    long[] registers = new long[SavedRegisters.COUNT];
    registers[0] = nth;
    registers[4] = 4L * nth;
    registers[SavedRegisters.LR] = 0x4000_0000L + nth;
    calls.note(nth * 100L, nth % 3, nth % 15, registers);
  }

  @Test
  void aFreshMachineHasMadeNoCalls() {
    assertThat(calls.calls()).isEmpty();
  }

  @Test
  void callsComeOldestFirstWithAllThatWasNoted() {
    note(1);
    note(2);
    assertThat(calls.calls()).extracting(LastCalls.Call::nanos).containsExactly(100L, 200L);
    LastCalls.Call second = calls.calls().get(1);
    assertThat(second.tid()).isEqualTo(2);
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.registers().x(0)).isEqualTo(2);
    assertThat(second.registers().x(4)).isEqualTo(8);
    assertThat(second.registers().lr()).isEqualTo(0x4000_0002L);
  }

  @Test
  void onlyTheLatestSixteenAreKept() {
    for (int nth = 1; nth <= 40; nth++) {
      note(nth);
    }
    assertThat(calls.calls()).hasSize(16);
    assertThat(calls.calls().getFirst().nanos()).isEqualTo(2500);
    assertThat(calls.calls().getLast().nanos()).isEqualTo(4000);
  }
}
