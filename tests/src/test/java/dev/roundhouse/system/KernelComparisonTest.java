package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.compare.ComparedRun;
import dev.roundhouse.emulator.compare.Comparison;
import dev.roundhouse.emulator.compare.Comparison.Order;
import dev.roundhouse.emulator.compare.Comparison.Outcome;
import dev.roundhouse.emulator.compare.ProgramTrace;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.kernel.abi.CallAbiReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The same programs on the kernel model and in kernels that are booted. */
class KernelComparisonTest {
  private static final int CONSOLE = 2;
  private static final long SECOND = 1_000_000_000;

  private final ProgramRun rps = ProgramRun.bundled("rps", "rps_server", "rps_player");

  private static ComparedRun.Setting setting(int mostSteps) {
    return new ComparedRun.Setting(new RunLimits(SECOND, Long.MAX_VALUE), mostSteps, CONSOLE, "");
  }

  private static KernelImage image(String kernel) throws KernelImageException {
    return KernelImage.parse(
        kernel, Images.resource("/dev/roundhouse/firmware/kernels/" + kernel + ".elf"));
  }

  private static Outcome compare(ProgramRun programs, String kernel, int mostSteps, Order order)
      throws KernelImageException {
    var engine = TestEngine.INSTALLED.library();
    Guest.Kernel booted =
        new Guest.Kernel(
            image(kernel),
            Guest.Kernel.MOST_RAM,
            Guest.OnReboot.END,
            InstructionTime.UNIFORM,
            Optional.of(CallAbiReader.shipped("trainsos")));
    return new Comparison(
            ComparedRun.of(engine, programs.guest(), setting(mostSteps)).side(),
            ComparedRun.of(engine, booted, setting(mostSteps)).side(),
            order)
        .outcome();
  }

  @Test
  void aGameOfSevenTasksIsTheSameToItsEnd() throws KernelImageException {
    Outcome outcome = compare(rps, "messages", Integer.MAX_VALUE, Order.OF_ALL);
    assertThat(outcome).isInstanceOf(Outcome.Same.class);
    assertThat(((Outcome.Same) outcome).steps()).isGreaterThan(150);
  }

  @Test
  void aKernelThatTurnsTheOrderOfEqualsAroundIsFoundOut() throws KernelImageException {
    Outcome outcome = compare(rps, "messages_last_first", Integer.MAX_VALUE, Order.OF_ALL);
    assertThat(outcome).isInstanceOf(Outcome.Different.class);
    var difference = ((Outcome.Different) outcome).difference();
    assertThat(difference.same()).isPositive();
    assertThat(String.join("\n", difference.lines())).contains("task 2 starts");
  }

  @Test
  void aProgramThatBehavesOtherwiseIsFoundOut() throws KernelImageException {
    ProgramRun fewer = ProgramRun.bundled("rps", "rps_server", "rps_player").arg("ROUNDS", "3");
    Outcome outcome = compare(fewer, "messages", Integer.MAX_VALUE, Order.OF_EACH_TASK);
    assertThat(outcome).isInstanceOf(Outcome.Different.class);
    assertThat(String.join("\n", ((Outcome.Different) outcome).difference().lines()))
        .contains("3 rounds", "5 rounds");
  }

  @Test
  void asManyStepsAreComparedAsAreWanted() throws KernelImageException {
    assertThat(compare(rps, "messages", 50, Order.OF_ALL)).isEqualTo(new Outcome.Same(50));
  }

  @Test
  void programsThatAreNotInTheImageAreNamed() throws KernelImageException {
    assertThat(ProgramTrace.missing(rps.guest().programs(), image("messages"))).isEmpty();
    ProgramRun other = ProgramRun.bundled("hello");
    assertThat(ProgramTrace.missing(other.guest().programs(), image("messages")))
        .containsExactly("hello", "user_entry");
  }
}
