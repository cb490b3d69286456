package dev.roundhouse.emulator.conformance.oracle;

import static dev.roundhouse.emulator.conformance.cases.StepReader.script;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.emulator.conformance.script.RunWatch;
import dev.roundhouse.emulator.conformance.script.ScriptRunner;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.trace.KernelEvent;
import org.junit.jupiter.api.Test;

/** A kernel that writes where nobody asked it to, in one system call, is found. */
class OraclesTest {
  private static final AbiProfile PROFILE = AbiProfile.trainsOs();
  private static final long NOBODYS = 0x7000_0000L;
  private static final ScriptedSystem SYSTEM =
      ScriptedSystem.of(
          script("user_entry", "create 1 server; send child0 'ping' 8; mmap 1"),
          script("server", "recv 6; reply sender 'pong'"));

  /** Tells oracles of one more write, in the first call of a kind. */
  private static final class OneMoreWrite implements RunWatch {
    private final Oracles oracles = new Oracles(PROFILE);
    private final Class<? extends Syscall> kind;
    private boolean isWritten;

    OneMoreWrite(Class<? extends Syscall> kind) {
      this.kind = kind;
    }

    @Override
    public void starts(Kernel kernel) {
      oracles.starts(kernel);
    }

    @Override
    public void happened(KernelEvent event) {
      oracles.happened(event);
      if (!isWritten
          && event instanceof KernelEvent.Called(_, Syscall call)
          && kind.isInstance(call)) {
        isWritten = true;
        oracles.written(NOBODYS, NOBODYS + 1);
      }
    }

    @Override
    public void written(long from, long to) {
      oracles.written(from, to);
    }

    @Override
    public void ended(RunEnd end) {
      oracles.ended(end);
    }
  }

  private static void run(ScriptedSystem system, Class<? extends Syscall> kind) {
    ScriptRunner.interpreting(PROFILE).run(system, new OneMoreWrite(kind));
  }

  @Test
  void aStrayWriteIsFoundInEachKindOfCall() {
    assertFinds(Syscall.Create.class);
    assertFinds(Syscall.Send.class);
    assertFinds(Syscall.Receive.class);
    assertFinds(Syscall.Reply.class);
    assertFinds(Syscall.MapMemory.class);
  }

  /** No entry follows it: it is found when the run is over. */
  @Test
  void aStrayWriteInTheLastCallIsFound() {
    ScriptedSystem one = ScriptedSystem.of(script("user_entry", "quit"));
    assertThatThrownBy(() -> run(one, Syscall.Quit.class))
        .isInstanceOf(BrokenOracleException.class);
  }

  @Test
  void theRightKernelWritesNowhereElse() {
    assertThatCode(() -> ScriptRunner.interpreting(PROFILE).run(SYSTEM, new Oracles(PROFILE)))
        .doesNotThrowAnyException();
  }

  private static void assertFinds(Class<? extends Syscall> kind) {
    assertThatThrownBy(() -> run(SYSTEM, kind))
        .as(kind.getSimpleName())
        .isInstanceOf(BrokenOracleException.class)
        .hasMessageContaining("the kernel writes only where it was asked to");
  }
}
