package dev.roundhouse.emulator.compare;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.calls.CallAbiReader;
import dev.roundhouse.emulator.calls.ModelWatch;
import dev.roundhouse.emulator.calls.UserBytes;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.machine.RunEnd;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What programs did on the kernel model.
 *
 * @param side its steps
 * @param end why the run is over; empty when there were steps enough
 */
public record ModelRun(Comparison.Side side, Optional<RunEnd> end) {
  /** Runs programs on the model. */
  public static ModelRun of(Engine engine, MachineConfig.Guest guest, Surroundings around) {
    StepLog log = new StepLog(around.mostSteps());
    LateMemory memory = new LateMemory();
    ModelWatch watch =
        new ModelWatch(CallAbiReader.shipped("trainsos"), guest.profile().timings(), log, memory);
    var listeners = new MachineConfig.Listeners(watch, _ -> {}, (_, _) -> {}, InputLog.none());
    MachineConfig config =
        new MachineConfig(engine, guest, around.lines(), around.course(), listeners);
    try (Machine machine = new Machine(config)) {
      memory.ram = machine.memory();
      RunEnd end = machine.run().end();
      return new ModelRun(new Comparison.Side(log, isCut(end)), Optional.of(end));
    } catch (StepLog.Full full) {
      return new ModelRun(new Comparison.Side(log, true), Optional.empty());
    }
  }

  static boolean isCut(RunEnd end) {
    return !(end instanceof RunEnd.ByKernel);
  }

  /** The watch is made before the machine whose memory it reads. */
  private static final class LateMemory implements UserBytes {
    private @Nullable PhysicalMemory ram;

    @Override
    public int read(long address, byte[] into) {
      PhysicalMemory present = ram;
      if (present == null || !present.contains(address, into.length)) {
        return 0;
      }
      present.read(address, into, 0, into.length);
      return into.length;
    }
  }
}
