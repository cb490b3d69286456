package dev.roundhouse.emulator.unicorn.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault.Access;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryAccessTest {
  private static final long BASE = 0x1000;
  private static final long PC = 0x8000;
  private final long[] registers = new long[SavedRegisters.COUNT];

  @BeforeEach
  void setRegisters() {
    registers[0] = BASE;
    registers[2] = -3;
    registers[SavedRegisters.SP] = 0x2000;
    registers[SavedRegisters.PC] = PC;
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          f9400001 | ldr x1, [x0]                | 1000 |  8 |  8 | READ
          f9400401 | ldr x1, [x0, #8]            | 1008 |  8 |  8 | READ
          39000001 | strb w1, [x0]               | 1000 |  1 |  1 | WRITE
          79400001 | ldrh w1, [x0]               | 1000 |  2 |  2 | READ
          f85f8c01 | ldr x1, [x0, #-8]!          |  ff8 |  8 |  8 | READ
          f8408401 | ldr x1, [x0], #8            | 1000 |  8 |  8 | READ
          785fd001 | ldurh w1, [x0, #-3]         |  ffd |  2 |  2 | READ
          f8627801 | ldr x1, [x0, x2, lsl #3]    |  fe8 |  8 |  8 | READ
          b862d801 | ldr w1, [x0, w2, sxtw #2]   |  ff4 |  4 |  4 | READ
          b8a26801 | ldrsw x1, [x0, x2]          |  ffd |  4 |  4 | READ
          f94003e1 | ldr x1, [sp]                | 2000 |  8 |  8 | READ
          58000081 | ldr x1, .+16                | 8010 |  8 |  8 | READ
          1c000040 | ldr s0, .+8                 | 8008 |  4 |  4 | READ
          a9400801 | ldp x1, x2, [x0]            | 1000 | 16 |  8 | READ
          a9be7bfd | stp x29, x30, [sp, #-32]!   | 1fe0 | 16 |  8 | WRITE
          a8c27bfd | ldp x29, x30, [sp], #32     | 2000 | 16 |  8 | READ
          69410801 | ldpsw x1, x2, [x0, #8]      | 1008 |  8 |  4 | READ
          adbf0400 | stp q0, q1, [x0, #-32]!     |  fe0 | 32 | 16 | WRITE
          c85f7c01 | ldxr x1, [x0]               | 1000 |  8 |  8 | READ
          885ffc01 | ldaxr w1, [x0]              | 1000 |  4 |  4 | READ
          c8230801 | stxp w3, x1, x2, [x0]       | 1000 | 16 |  8 | WRITE
          3dc00400 | ldr q0, [x0, #16]           | 1010 | 16 | 16 | READ
          3c801000 | stur q0, [x0, #1]           | 1001 | 16 | 16 | WRITE
          fd000400 | str d0, [x0, #8]            | 1008 |  8 |  8 | WRITE
          4c402000 | ld1 {v0.16b-v3.16b}, [x0]   | 1000 | 64 | 64 | READ
          0d009000 | st1 {v0.s}[1], [x0]         | 1000 |  4 |  4 | WRITE
          4d60e400 | ld4r {v0.8h-v3.8h}, [x0]    | 1000 |  8 |  8 | READ
          """)
  void anAccessHasItsAddressSizeAndDirection(
      String word, String text, String address, int bytes, int elementBytes, Access direction) {
    assertThat(MemoryAccess.of(Integer.parseUnsignedInt(word, 16), registers))
        .as(text)
        .contains(new MemoryAccess(Long.parseLong(address, 16), bytes, elementBytes, direction));
  }

  @ParameterizedTest
  @ValueSource(strings = {"d503201f", "d4000001", "8b000042", "f9800000", "d61f0000", "00000000"})
  void otherInstructionsAccessNothing(String word) {
    assertThat(MemoryAccess.of(Integer.parseUnsignedInt(word, 16), registers)).isEmpty();
  }
}
