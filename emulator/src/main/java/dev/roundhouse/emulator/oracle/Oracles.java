package dev.roundhouse.emulator.oracle;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.emulator.script.ModelRunner;
import dev.roundhouse.emulator.script.WatchedMemory;
import dev.roundhouse.kernel.Decision;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.trace.KernelEvent;

/** All oracles at one run of scripts on the kernel model. */
public final class Oracles implements ModelRunner.Watch {
  private final TraceOracle trace;
  private final WriteOracle writes = new WriteOracle();

  /** Oracles for one run on the kernel of {@code profile}. */
  public Oracles(AbiProfile profile) {
    trace = new TraceOracle(profile);
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent event) {
    if (event instanceof KernelEvent kernelEvent) {
      writes.take(kernelEvent);
    }
    trace.emit(nanos, event);
  }

  @Override
  public void decided(Kernel kernel, Decision decision, WatchedMemory memory, int writesBefore) {
    TaskInvariants.check(kernel, decision);
    // What is written before the first decision is the kernel's own start.
    for (int write = writesBefore; writesBefore > 0 && write < memory.writes(); write++) {
      writes.written(kernel, memory.start(write), memory.length(write));
    }
    writes.entered();
  }
}
