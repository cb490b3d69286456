package dev.roundhouse.emulator.compare;

import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.fullsystem.KernelImageException;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.machine.BootConfig;
import dev.roundhouse.emulator.machine.BootEnd;
import dev.roundhouse.emulator.machine.BootMachine;
import dev.roundhouse.emulator.machine.BootResult;
import dev.roundhouse.emulator.machine.MachineConfig;
import java.util.Optional;

/**
 * What programs did in a booted kernel.
 *
 * @param side its steps
 * @param result how the run went; empty when there were steps enough
 */
public record KernelRun(Comparison.Side side, Optional<BootResult> result) {
  /**
   * Boots a kernel.
   *
   * @param guest with the profile of the kernel's calls
   * @throws KernelImageException when it does not fit into its RAM
   * @throws dev.roundhouse.emulator.cpu.FullSystemUnsupportedException when the engine library
   *     cannot do it
   */
  public static KernelRun of(Engine engine, BootConfig.Guest guest, Surroundings around)
      throws KernelImageException {
    StepLog log = new StepLog(around.mostSteps());
    var listeners = new MachineConfig.Listeners(log, _ -> {}, (_, _) -> {}, InputLog.none());
    BootConfig config = new BootConfig(engine, guest, around.lines(), around.course(), listeners);
    BootMachine machine = new BootMachine(config);
    try {
      BootResult result = machine.run();
      boolean isCut = result.end() instanceof BootEnd.Cut;
      return new KernelRun(new Comparison.Side(log, isCut), Optional.of(result));
    } catch (StepLog.Full full) {
      return new KernelRun(new Comparison.Side(log, true), Optional.empty());
    }
  }
}
