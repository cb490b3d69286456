package dev.roundhouse.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.Strictness;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineTest {
  /** Has memory, and no processor to it. */
  private static final class HalfAnEngine implements Engine {
    private final List<Arena> lifetimes = new ArrayList<>();

    @Override
    public MemorySegment newMemory(long bytes, Arena lifetime) {
      lifetimes.add(lifetime);
      return Engine.super.newMemory(bytes, lifetime);
    }

    @Override
    public Cpu newCpu(GuestWindow ram) {
      throw new IllegalStateException("no processor");
    }
  }

  @Test
  void theMemoryOfAMachineThatCannotBeMadeIsGivenBack() {
    HalfAnEngine engine = new HalfAnEngine();
    Guest guest =
        new Guest.Programs(
            AbiProfile.trainsOs(), new ProgramCatalog(Map.of()), List.of(), Strictness.TOLERANT);
    var config =
        new MachineConfig(
            engine,
            guest,
            Map.of(),
            new MachineConfig.Run(RunLimits.NONE, MachineConfig.Pacing.UNPACED),
            new MachineConfig.Listeners(new SilentTrace(), _ -> {}, (_, _) -> {}, InputLog.none()));
    assertThatThrownBy(() -> new Machine(config)).hasMessage("no processor");
    assertThat(engine.lifetimes)
        .singleElement()
        .satisfies(lifetime -> assertThat(lifetime.scope().isAlive()).isFalse());
  }
}
