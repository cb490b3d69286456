package dev.roundhouse.system;

import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.DeviceAccess;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.cpu.MmioPort;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.cpu.SystemCpu;
import dev.roundhouse.emulator.cpu.UserTraps;
import java.util.Optional;

/** An engine that counts loads from devices, and may hide that two turns of a loop are the same. */
final class WatchedEngine implements Engine {
  /** What is seen of registers during an access. */
  enum Registers {
    AS_THEY_ARE,
    NEVER_THE_SAME
  }

  private final Engine engine;
  private final Registers seen;
  private long loads;

  WatchedEngine(Engine engine, Registers seen) {
    this.engine = engine;
    this.seen = seen;
  }

  long loads() {
    return loads;
  }

  @Override
  public Cpu newCpu(GuestWindow ram) {
    return new WatchedCpu(engine.newCpu(ram));
  }

  @Override
  public SystemCpu newSystemCpu(GuestWindow ram) {
    return engine.newSystemCpu(ram);
  }

  private final class WatchedCpu implements Cpu {
    private final Cpu cpu;
    private long looks;

    WatchedCpu(Cpu cpu) {
      this.cpu = cpu;
    }

    @Override
    public void attach(MmioWindow devices) {
      MmioPort counting =
          new MmioPort() {
            @Override
            public long read(long address, int bytes) {
              loads++;
              return devices.port().read(address, bytes);
            }

            @Override
            public void write(long address, int bytes, long value) {
              devices.port().write(address, bytes, value);
            }
          };
      cpu.attach(new MmioWindow(devices.start(), devices.bytes(), counting));
    }

    @Override
    public void readDuringAccess(long[] registers) {
      cpu.readDuringAccess(registers);
      if (seen == Registers.NEVER_THE_SAME) {
        registers[0] = looks++;
      }
    }

    @Override
    public long pc(Optional<DeviceAccess> access) {
      return cpu.pc(access);
    }

    @Override
    public void run(UserTraps handler) {
      cpu.run(handler);
    }

    @Override
    public void readCall(long[] registers) {
      cpu.readCall(registers);
    }

    @Override
    public void readPreserved(long[] registers) {
      cpu.readPreserved(registers);
    }

    @Override
    public void readAll(long[] registers) {
      cpu.readAll(registers);
    }

    @Override
    public void resumeCall(long[] registers) {
      cpu.resumeCall(registers);
    }

    @Override
    public void resumeAfterCall(long[] registers) {
      cpu.resumeAfterCall(registers);
    }

    @Override
    public void resumeAll(long[] registers) {
      cpu.resumeAll(registers);
    }

    @Override
    public InstructionBudget budget() {
      return cpu.budget();
    }

    @Override
    public void watch(long pc) {
      cpu.watch(pc);
    }

    @Override
    public void forgetCode(long start, long end) {
      cpu.forgetCode(start, end);
    }

    @Override
    public void close() {
      cpu.close();
    }
  }
}
