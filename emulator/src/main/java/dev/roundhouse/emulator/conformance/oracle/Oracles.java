package dev.roundhouse.emulator.conformance.oracle;

import dev.roundhouse.emulator.conformance.script.RunWatch;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.kernel.Decision;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import org.jspecify.annotations.Nullable;

/** All oracles at one run of scripts. */
public final class Oracles implements RunWatch {
  private final TraceOracle trace;
  private @Nullable Run run;

  /** What is there from the start on; what the kernel writes before is its own start. */
  private record Run(Kernel kernel, WriteOracle writes) {
    void take(KernelEvent event) {
      writes.take(event);
      switch (event) {
        case KernelEvent.Dispatched(Tid tid) ->
            TaskInvariants.check(kernel, new Decision.Run(kernel.task(tid).orElseThrow()));
        case KernelEvent.Idle _ -> TaskInvariants.check(kernel, Decision.Idle.INSTANCE);
        default -> {
          // The kernel has not decided yet who runs.
        }
      }
    }
  }

  /** Oracles for one run on the kernel of {@code profile}. */
  public Oracles(AbiProfile profile) {
    trace = new TraceOracle(profile);
  }

  @Override
  public void starts(Kernel kernel) {
    run = new Run(kernel, new WriteOracle(kernel));
  }

  @Override
  public void happened(KernelEvent event) {
    if (run != null) {
      run.take(event);
    }
    trace.take(event);
  }

  @Override
  public void written(long start, long end) {
    if (run != null) {
      run.writes.written(start, end - start);
    }
  }

  @Override
  public void ended(RunEnd end) {
    if (run != null) {
      run.writes.entered();
      if (end instanceof RunEnd.ByModel(var why)) {
        TaskInvariants.check(run.kernel, new Decision.End(why));
      }
    }
  }
}
