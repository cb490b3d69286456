package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.CommandInThisProcess;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.debugger.Debugger;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.kernel.abi.CallAbiReader;
import dev.roundhouse.kernel.loader.SymbolTable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A booted kernel that is looked at with GDB. */
class DebuggedKernelTest {
  private static final String KERNEL = "/dev/roundhouse/firmware/kernels/mini.elf";
  private static final int BREAKS = 200;
  private static final int STEPS = 20;

  @TempDir Path folder;

  private static KernelRun mini(List<String> steps) throws KernelImageException {
    return KernelRun.bundled("mini.elf")
        .input("q")
        .watched(CallAbiReader.shipped("mini"), new Written(steps));
  }

  private record Written(List<String> steps) implements TraceSink {
    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public void emit(long nanos, TraceEvent event) {
      steps.add(nanos + " " + event);
    }
  }

  private static KernelRun.Outcome visited(Consumer<GdbClient> visitor)
      throws KernelImageException {
    return mini(new ArrayList<>())
        .driven(DebuggedRunTest.visitedBy(Debugger.Access.WRITE, visitor))
        .run();
  }

  /** Breaks at each exception, and steps from there, until the kernel has ended. */
  private static void visit(GdbClient client) {
    long entry =
        SymbolTable.ofFile(Images.resource(KERNEL))
            .named("on_exception"::equals)
            .getFirst()
            .address();
    assertThat(client.ask("Z0,%x,4".formatted(entry))).isEqualTo("OK");
    int breaks = 0;
    while (breaks < BREAKS && client.ask("c").startsWith("T05swbreak")) {
      breaks++;
      for (int n = 0; n < STEPS; n++) {
        assertThat(client.ask("s")).startsWith("T05");
      }
    }
    assertThat(breaks).isBetween(STEPS, BREAKS - 1);
  }

  @Test
  void aKernelThatIsSteppedAndStoppedRunsAsOneThatIsNot() throws KernelImageException {
    List<String> straightSteps = new ArrayList<>();
    List<String> debuggedSteps = new ArrayList<>();
    var straight = mini(straightSteps).run();
    var debugged =
        mini(debuggedSteps)
            .driven(DebuggedRunTest.visitedBy(Debugger.Access.WRITE, DebuggedKernelTest::visit))
            .run();
    assertThat(debugged.result()).isEqualTo(straight.result());
    assertThat(debugged.text()).isEqualTo(straight.text());
    assertThat(debuggedSteps).isEqualTo(straightSteps).isNotEmpty();
  }

  @Test
  void whatADebuggerWritesIsWhatTheCoreRuns() throws KernelImageException {
    visited(client -> {
      client.ask("?");
      assertThat(client.ask("m80000,4")).hasSize(8);
      // mov x0, #77; mov x1, x0
      assertThat(client.ask("M80000,8:a00980d2e10300aa")).isEqualTo("OK");
      client.ask("s");
      assertThat(client.ask("p0")).isEqualTo("4d00000000000000");
      assertThat(client.ask("P0=2a00000000000000")).isEqualTo("OK");
      client.ask("s");
      assertThat(client.ask("p1")).isEqualTo("2a00000000000000");
      assertThat(client.ask("Mfe201000,1:00")).startsWith("E");
      assertThat(client.ask("Zfe201000,4")).isNotEqualTo("OK");
      assertThat(client.ask("vKill;1")).isEqualTo("OK");
    });
  }

  @Test
  void gdbShowsTheCoreAndTheTasksWithTheirSource() throws IOException, InterruptedException {
    HostCommand.needs("/usr/bin/gdb-multiarch");
    Path kernel = Files.write(folder.resolve("mini.elf"), Images.resource(KERNEL));
    int port = freePort();
    CompletableFuture<CommandInThisProcess.Outcome> run =
        CompletableFuture.supplyAsync(() ->
            CommandInThisProcess.run(
                List.of(
                    "boot",
                    kernel.toString(),
                    "--abi",
                    "mini",
                    "--gdb",
                    Integer.toString(port),
                    "--wait"),
                "q"));
    List<String> client = new ArrayList<>(List.of("/usr/bin/gdb-multiarch", "-nx", "-batch"));
    for (String command :
        List.of(
            "set remotetimeout 30",
            "target remote :" + port,
            "info registers pc",
            "break kernel_main",
            "continue",
            "break echo_task",
            "continue",
            "backtrace",
            "stepi",
            "info threads",
            "delete",
            "break on_exception",
            "continue",
            "info threads",
            "delete",
            "continue")) {
      client.addAll(List.of("-ex", command));
    }
    HostCommand.Ended ended = HostCommand.run(folder, client);
    assertThat(ended.out())
        .as(ended.out() + ended.err())
        .containsPattern("pc +0x80000")
        .contains("Breakpoint 1, ", "Breakpoint 2, ", "Breakpoint 3, ")
        .containsPattern("\\* \\d+ +Thread \\d+ \"echo_task\" \\(active\\)")
        .containsPattern("Thread 65536 \"core 0\" \\(EL0 at ")
        .containsPattern("\\* \\d+ +Thread 65536 \"core 0\" \\(EL1 at 0x")
        .containsPattern("Thread 65537 \"clock_task\" ")
        .contains("exited normally");
    assertThat(run.join().exitCode()).isZero();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
