package dev.roundhouse.emulator.debugger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.abi.SavedRegisters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextInstructionsTest {
  private static final long PC = 0x1000;

  /** Encodings as aarch64-linux-gnu-as makes them, at 0x1000, with x3 and x30 0x2000. */
  @ParameterizedTest
  @CsvSource({
    "14000004, 1010", // b .+16
    "97ffffff, ffc", // bl .-4
    "54000040, 1004 1008", // b.eq .+8
    "b4000043, 1004 1008", // cbz x3, .+8
    "35ffffe3, ffc 1004", // cbnz w3, .-4
    "36180043, 1004 1008", // tbz w3, #3, .+8
    "b7ffffe3, ffc 1004", // tbnz x3, #63, .-4
    "d61f0060, 2000", // br x3
    "d63f0060, 2000", // blr x3
    "d65f03c0, 2000", // ret
    "d4000001, 1004", // svc #0
    "f9400060, 1004", // ldr x0, [x3]
    "14000000, 1000" // b .
  })
  void anInstructionLeadsWhereItSays(String instruction, String expected) {
    long[] registers = new long[SavedRegisters.COUNT];
    registers[3] = 0x2000;
    registers[SavedRegisters.LR] = 0x2000;
    registers[SavedRegisters.PC] = PC;
    assertThat(NextInstructions.of(Integer.parseUnsignedInt(instruction, 16), registers))
        .extracting(Long::toHexString)
        .containsExactly(expected.split(" "));
  }
}
