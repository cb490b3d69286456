package dev.roundhouse.emulator.conformance.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class ScriptMemoryTest {
  private static final long BYTES = 1 << 20;
  private static final long PAGE = 0x1000;

  private final ScriptMemory memory = new ScriptMemory();

  private void write(MemorySegment to, long start, long end) {
    to.asSlice(start, end - start).fill((byte) 1);
    memory.written(start, end);
  }

  @Test
  void whatARunHasWrittenIsZeroForTheNext() {
    MemorySegment first = memory.clean(BYTES);
    write(first, 8, 9);
    write(first, 3 * PAGE - 1, 3 * PAGE + 1);
    write(first, 9 * PAGE, 12 * PAGE);
    write(first, BYTES - 1, BYTES);
    memory.written(0, 0);
    MemorySegment second = memory.clean(BYTES);
    assertThat(second.address()).isEqualTo(first.address());
    assertThat(second.mismatch(MemorySegment.ofArray(new byte[(int) BYTES]))).isEqualTo(-1);
  }

  @Test
  void aMachineOfAnotherSizeGetsOther() {
    memory.written(0, memory.clean(BYTES).byteSize());
    assertThat(memory.clean(2 * BYTES).byteSize()).isEqualTo(2 * BYTES);
  }
}
