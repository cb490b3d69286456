package dev.roundhouse.emulator.script;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.kernel.Decision;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.List;

/**
 * Runs scripts on the kernel model and the board alone, without an engine: the same steps take the
 * same virtual time as the machine code that an {@link EngineRunner} runs.
 *
 * <p>Not for several threads at a time; runs one system after the other quickly.
 */
public final class ModelRunner {
  /** As in a machine: the 2 MiB below are the kernel's own. */
  private static final AddressRange RAM = new AddressRange(0x0020_0000L, 0x7FE0_0000L);

  private final AbiProfile profile;
  private final WatchedMemory memory = new WatchedMemory(new SparseMemory(RAM));

  /** Looks at the kernel each time that it has decided something. */
  public interface Watch extends TraceSink {
    /** The kernel was entered and decided so; what it wrote is behind {@code writesBefore}. */
    void decided(Kernel kernel, Decision decision, WatchedMemory memory, int writesBefore);
  }

  /** A runner for scripts on the kernel of {@code profile}. */
  public ModelRunner(AbiProfile profile) {
    this.profile = profile;
  }

  /**
   * Runs until nothing can happen any more or the system's limit is reached.
   *
   * @throws IllegalArgumentException if a script makes a call that this kernel does not have
   */
  public Observation run(ScriptedSystem system) {
    return run(system, List.of());
  }

  /** Runs watched. */
  public Observation run(ScriptedSystem system, List<Watch> watches) {
    memory.clean();
    return new ModelRun(profile, system, memory, watches).run();
  }
}
