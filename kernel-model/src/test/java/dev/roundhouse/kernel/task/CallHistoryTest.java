package dev.roundhouse.kernel.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.abi.SavedRegisters;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CallHistoryTest {
  private final CallHistory history = new CallHistory();

  private void call(int nth) {
    long[] registers = new long[SavedRegisters.COUNT];
    registers[0] = nth;
    registers[4] = 4L * nth;
    registers[SavedRegisters.LR] = 0x4000_0000L + nth;
    history.called(nth * 100L, nth % 15, registers);
  }

  @Test
  void aFreshTaskHasMadeNoCalls() {
    history.returned(7);
    assertThat(history.calls()).isEmpty();
  }

  @Test
  void callsComeOldestFirstWithAllThatWasNoted() {
    call(1);
    history.returned(-2);
    call(2);
    assertThat(history.calls()).extracting(CallHistory.Call::nanos).containsExactly(100L, 200L);
    assertThat(history.calls().getFirst().result()).isEqualTo(OptionalLong.of(-2));
    CallHistory.Call second = history.calls().get(1);
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.registers().x(0)).isEqualTo(2);
    assertThat(second.registers().x(4)).isEqualTo(8);
    assertThat(second.registers().lr()).isEqualTo(0x4000_0002L);
    assertThat(second.result()).isEmpty();
  }

  @Test
  void onlyTheLatestEightAreKept() {
    for (int nth = 1; nth <= 20; nth++) {
      call(nth);
      history.returned(nth);
    }
    call(21);
    assertThat(history.calls()).hasSize(8);
    assertThat(history.calls().getFirst().nanos()).isEqualTo(1400);
    assertThat(history.calls().getFirst().result()).isEqualTo(OptionalLong.of(14));
    assertThat(history.calls().getLast().nanos()).isEqualTo(2100);
    assertThat(history.calls().getLast().result()).isEmpty();
  }
}
