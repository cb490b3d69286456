package dev.roundhouse.emulator.compare;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.boundary.ModelWatch;
import dev.roundhouse.emulator.boundary.UserBytes;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunLimits;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What programs did, on the kernel model or in a booted kernel.
 *
 * @param side its steps
 * @param end why the run is over; empty when there were steps enough
 */
public record ComparedRun(Comparison.Side side, Optional<RunEnd> end) {
  /**
   * What is the same for both runs of a comparison. Output is dropped: what tasks write is in their
   * steps, or in what they do to the devices, which is not compared.
   *
   * @param limits of each run
   * @param mostSteps of each run
   * @param console the UART that gets the input
   * @param input a character for each byte; then it ends
   */
  public record Setting(RunLimits limits, int mostSteps, int console, String input) {
    private Map<Integer, UartAttachment> lines() {
      int[] next = {0};
      InputSource source =
          new InputSource.Waiting(
              _ -> next[0] < input.length() ? input.charAt(next[0]++) : SerialPeer.ENDED);
      return Map.of(console, new UartAttachment(source, OutputPort.none()));
    }
  }

  /**
   * Runs a guest.
   *
   * @param guest a kernel with the profile of its calls, that has room in its RAM
   * @throws dev.roundhouse.emulator.cpu.FullSystemUnsupportedException when the engine library
   *     cannot boot it
   */
  public static ComparedRun of(Engine engine, Guest guest, Setting setting) {
    StepLog log = new StepLog(setting.mostSteps());
    LateMemory memory = new LateMemory();
    TraceSink steps =
        switch (guest) {
          case Guest.Programs programs -> new ModelWatch(programs.profile(), log, memory);
          case Guest.Kernel _ -> log;
        };
    MachineConfig config =
        new MachineConfig(
            engine,
            guest,
            setting.lines(),
            new MachineConfig.Run(setting.limits(), MachineConfig.Pacing.UNPACED),
            new MachineConfig.Listeners(steps, _ -> {}, (_, _) -> {}, InputLog.none()));
    try (Machine machine = new Machine(config)) {
      machine.memory().ifPresent(memory::is);
      RunEnd end = machine.run().end();
      boolean isCut = end.isCut() || end instanceof RunEnd.Exited;
      return new ComparedRun(new Comparison.Side(log, isCut), Optional.of(end));
    } catch (StepLog.Full full) {
      return new ComparedRun(new Comparison.Side(log, true), Optional.empty());
    }
  }

  /** The watch is made before the machine whose memory it reads. */
  private static final class LateMemory implements UserBytes {
    private @Nullable PhysicalMemory ram;

    void is(PhysicalMemory present) {
      ram = present;
    }

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
