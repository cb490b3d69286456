package dev.roundhouse.kernel.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import dev.roundhouse.kernel.abi.SavedRegisters;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CallHistoryTest {
  private static final long STACK = 0x5000_0000L;

  private final CallHistory history = new CallHistory();
  private final SparseMemory memory = new SparseMemory(new AddressRange(STACK, 4096));

  private void call(int nth) {
    long[] registers = new long[SavedRegisters.COUNT];
    registers[0] = nth;
    registers[4] = 4L * nth;
    registers[SavedRegisters.LR] = 0x4000_0000L + nth;
    history.called(nth * 100L, nth % 15, registers, memory);
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
  void itIsKeptWhereTheCallersReturnToUntilTheirFramesAreGone() {
    memory.putLong(STACK + 64, STACK + 128);
    memory.putLong(STACK + 72, 0x4000_0010L);
    memory.putLong(STACK + 128, 3);
    memory.putLong(STACK + 136, 0x4000_0020L);
    long[] registers = new long[SavedRegisters.COUNT];
    registers[29] = STACK + 64;
    history.called(100, 5, registers, memory);
    memory.putLong(STACK + 72, 7);
    assertThat(history.calls().getFirst().outer()).containsExactly(0x4000_0010L, 0x4000_0020L, 0L);
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
