package dev.roundhouse.emulator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import dev.roundhouse.kernel.task.Priority;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.Tid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacktraceTest {
  private static final long STACK = 0x4010_0000L;
  private static final long END = STACK + 0x10_0000;
  private static final int FRAME_POINTER = 29;

  private final SparseMemory memory =
      new SparseMemory(new AddressRange(0x0020_0000L, 0x7000_0000L));
  private final Task task =
      new Task(new Tid(1), Tid.IDLE, new Priority(0), new AddressRange(STACK, END - STACK));

  private void frame(long at, long next, long returnAddress) {
    memory.putLong(at, next);
    memory.putLong(at + 8, returnAddress);
  }

  @Test
  void theChainOfFrameRecordsIsFollowedToItsEnd() {
    frame(END - 0x60, END - 0x40, 0x111);
    frame(END - 0x40, END - 0x20, 0x222);
    frame(END - 0x20, 0, 0x333);
    task.registers().setX(FRAME_POINTER, END - 0x60);
    assertThat(Backtrace.of(task, memory)).containsExactly(0x111L, 0x222L, 0x333L);
  }

  @ParameterizedTest(name = "x29 = {0}")
  @ValueSource(
      longs = {0, 8, -8, STACK - 16, END - 8, END, STACK + 4, Long.MIN_VALUE, Long.MAX_VALUE})
  void aWildFramePointerGivesNoCallers(long wild) {
    task.registers().setX(FRAME_POINTER, wild);
    assertThat(Backtrace.of(task, memory)).isEmpty();
  }

  @Test
  void aChainThatGoesInACircleEnds() {
    frame(END - 0x40, END - 0x40, 0x111);
    task.registers().setX(FRAME_POINTER, END - 0x40);
    assertThat(Backtrace.of(task, memory)).containsExactly(0x111L);
    frame(END - 0x80, END - 0x40, 0x222);
    frame(END - 0x40, END - 0x80, 0x111);
    task.registers().setX(FRAME_POINTER, END - 0x80);
    assertThat(Backtrace.of(task, memory)).containsExactly(0x222L, 0x111L);
  }

  @Test
  void aVeryDeepRecursionIsCutShort() {
    for (long at = STACK; at < END - 0x40; at += 0x20) {
      frame(at, at + 0x20, 0x111);
    }
    task.registers().setX(FRAME_POINTER, STACK);
    assertThat(Backtrace.of(task, memory)).hasSize(24);
  }
}
