package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.loader.ElfBuilder;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Strictness;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A system call returns to x30: what stands behind an svc in a function is skipped. */
class CallsInLineTest {
  private static final int MY_TID = 3;
  private static final int EXIT = 0;
  private static final long FUNCTION = 0x100;
  private static final int SVC = 0xd400_0061;
  private static final int ADD = 0x9100_0400;
  private static final int RET = 0xd65f_03c0;
  private final TestKernel k = new TestKernel();

  /** A program with one function of 16 bytes. */
  private static byte[] program() {
    int sections = 0x800;
    ByteBuffer symbol = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    symbol.putInt(1).put((byte) 0x12).put((byte) 0).putShort((short) 1).putLong(FUNCTION);
    symbol.putLong(16);
    ByteBuffer table = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    table.putInt(4, 2).putLong(24, 0xA00).putLong(32, 24).putInt(40, 2);
    ByteBuffer names = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    names.putInt(4, 3).putLong(24, 0xB00).putLong(32, 7);
    return ElfBuilder.program()
        .sections(sections, 3)
        .bytes(sections + 64, table.array())
        .bytes(sections + 128, names.array())
        .bytes(0xA00, symbol.array())
        .bytes(0xB00, "\0work\0".getBytes(StandardCharsets.US_ASCII))
        .build();
  }

  /** Lets the entry make a call from the middle of its function, behind which these words stand. */
  private void call(int number, int... behind) {
    k.program("user_entry", program()).boot().runUntil(2).recv(8).runUntil(1);
    long svc = k.task(1).program().orElseThrow().loadBias() + FUNCTION;
    k.memory.putInt(svc, SVC);
    for (int n = 0; n < behind.length; n++) {
      k.memory.putInt(svc + 4 + 4L * n, behind[n]);
    }
    k.kernel().current().registers().setPc(svc + 4);
    k.call(number);
  }

  @Test
  void anSvcInTheMiddleOfAFunctionIsNamed() {
    call(MY_TID, ADD, ADD, ADD);
    assertThat(k.violations)
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.rule()).isEqualTo(Rule.CALL_IN_LINE);
          assertThat(violation.detail()).contains("in the middle of work", "returns to x30");
        });
  }

  @Test
  void soIsOneThatIsTakenForExit() {
    k.strictness = Strictness.STRICT;
    call(EXIT, ADD, ADD, ADD);
    assertThat(k.end()).isInstanceOf(EndOfRun.StrictViolation.class);
  }

  @Test
  void aFunctionThatOnlyCallsIsFine() {
    call(MY_TID, RET);
    assertThat(k.violations).isEmpty();
  }

  @Test
  void anInstructionOrTwoBeforeTheReturnDoNoHarm() {
    call(MY_TID, ADD, ADD, RET);
    assertThat(k.violations).isEmpty();
  }
}
