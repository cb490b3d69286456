package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.run.Pause;
import dev.roundhouse.kernel.abi.CallAbiReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is seen of a kernel from outside, at its boundary to EL0. */
class BootTraceTest {
  private final List<String> steps = new ArrayList<>();
  private final TraceSink sink =
      new TraceSink() {
        @Override
        public boolean isOn() {
          return true;
        }

        @Override
        public void emit(long nanos, TraceEvent event) {
          switch (event) {
            case KernelStep.Called(var task, String call, var _) -> steps.add(task + " " + call);
            case KernelStep.Returned back when back.isCompared() ->
                steps.add(back.task() + " " + back.call() + " gives " + back.result());
            case KernelStep.Interrupted(var task) -> steps.add(task + " interrupted");
            case KernelStep.Started(var task) -> steps.add(task + " starts");
            default -> {
              // The rest follows from these.
            }
          }
        }
      };

  @Test
  void callsAndInterruptsOfABootedKernelAreSeen() throws KernelImageException {
    var outcome =
        KernelRun.bundled("mini.elf").watched(CallAbiReader.shipped("mini"), sink).input("q").run();
    assertThat(outcome.text()).contains("registers were kept");
    assertThat(steps)
        .startsWith(
            "0 starts",
            "0 await_tick",
            "1 starts",
            "1 await_key",
            "2 starts",
            "2 interrupted",
            "1 await_key gives 113",
            "1 print",
            "1 print",
            "1 exit",
            "2 interrupted",
            "0 await_tick gives 1",
            "0 print",
            "0 await_tick",
            "2 interrupted",
            "0 await_tick gives 2")
        .containsSubsequence(
            "2 print", "2 exit", "3 starts", "3 interrupted", "0 await_tick gives 5");
  }

  @Test
  void theTasksOfAKernelWhoseCallsAreKnownAreShownByTheirFunctions() throws KernelImageException {
    KernelRun run =
        KernelRun.bundled("mini.elf").watched(CallAbiReader.shipped("mini"), new SilentTrace());
    try (Machine machine = run.machineOn(TestEngine.INSTALLED.library())) {
      assertThat(machine.runUntil(new Pause(15_000_000, () -> false))).isEmpty();
      assertThat(machine.tasks().orElseThrow().lines())
          .anyMatch(
              line -> line.matches(" +0 clock_task +0 in-call .* the end of await_tick; at .*"))
          .anyMatch(
              line -> line.matches(" +1 echo_task +1 in-call .* the end of await_key; at .*"));
    }
  }

  @Test
  void watchingChangesNothing() throws KernelImageException {
    var plain = KernelRun.bundled("mini.elf").input("hello q").run();
    var watched =
        KernelRun.bundled("mini.elf")
            .watched(CallAbiReader.shipped("mini"), sink)
            .input("hello q")
            .run();
    assertThat(watched.text()).isEqualTo(plain.text());
    assertThat(watched.result().at()).isEqualTo(plain.result().at());
    assertThat(watched.result().instructions()).isEqualTo(plain.result().instructions());
  }
}
