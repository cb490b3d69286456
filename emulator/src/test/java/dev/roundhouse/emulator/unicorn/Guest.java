package dev.roundhouse.emulator.unicorn;

import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.MmioPort;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.cpu.UserTraps;
import dev.roundhouse.emulator.platform.HostMemory;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A processor with 64 MiB of RAM and devices that note what is done to them. */
public final class Guest implements AutoCloseable {
  public static final long RAM = 0x0020_0000;
  public static final long RAM_BYTES = 64 << 20;
  public static final long CODE = RAM + 0x1000;
  public static final long DATA = RAM + 0x10_0000;
  public static final long STACK = RAM + 0x20_0000;
  public static final long DEVICES = 0xFC00_0000L;
  public static final long DEVICE_BYTES = 0x0400_0000;
  public static final long PLENTY = 1_000_000;

  /** Why the processor left. */
  public sealed interface Exit {
    record Call(int immediate, long pc) implements Exit {}

    record Spent(int instructions, long block) implements Exit {}

    record Failed(Fault fault, long pc) implements Exit {}

    record Waits(long pc) implements Exit {}

    record Asks(long pc) implements Exit {}
  }

  /** An access to a device. */
  record Access(String direction, long address, int bytes, long value) {}

  public final long[] registers = new long[SavedRegisters.COUNT];
  public final List<Access> accesses = new ArrayList<>();
  public final Cpu cpu;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment ram = new HostMemory().reserve(RAM_BYTES, arena);
  public long deviceValue = 0x1122_3344_5566_7788L;

  public Guest(UnicornLibrary library) {
    this(library, null);
  }

  /** A guest whose blocks are counted by Java. */
  static Guest countedByJava(UnicornLibrary library) {
    return new Guest(ram -> library.newCpu(ram, Optional.empty()), null);
  }

  /** A guest whose devices are {@code port}. */
  Guest(Engine library, MmioPort port) {
    MmioWindow devices =
        new MmioWindow(DEVICES, DEVICE_BYTES, port == null ? new NotingPort() : port);
    cpu = library.newCpu(new GuestWindow(RAM, ram));
    cpu.attach(devices);
    cpu.budget().grant(PLENTY);
    registers[SavedRegisters.SP] = STACK;
  }

  public Guest code(long address, String listing) {
    int[] words = Listing.words(listing);
    MemorySegment.copy(
        MemorySegment.ofArray(words), 0, ram, address - RAM, (long) Integer.BYTES * words.length);
    return this;
  }

  public Guest x(int number, long value) {
    registers[number] = value;
    return this;
  }

  /** Writes code as a loader does. */
  public void load(long address, String listing) {
    code(address, listing);
    cpu.forgetCode(address, address + 4L * Listing.words(listing).length);
  }

  public long get(long address) {
    return ram.get(ValueLayout.JAVA_LONG_UNALIGNED, address - RAM);
  }

  public void put(long address, long value) {
    ram.set(ValueLayout.JAVA_LONG_UNALIGNED, address - RAM, value);
  }

  /** Runs from a pc to the first trap, with {@link #registers}; they are read back. */
  public Exit run(long pc) {
    registers[SavedRegisters.PC] = pc;
    cpu.resumeAll(registers);
    return goOn();
  }

  /**
   * Runs from a pc through svc #1, at which {@code between} is done, to the next trap.
   *
   * @return x0 at svc #1
   */
  public long runThrough(long pc, Runnable between) {
    registers[SavedRegisters.PC] = pc;
    cpu.resumeAll(registers);
    long[] first = new long[SavedRegisters.COUNT];
    cpu.run(
        new FirstTrap() {
          @Override
          public AfterTrap supervisorCall(int immediate) {
            if (immediate != 1) {
              return super.supervisorCall(immediate);
            }
            cpu.readAll(first);
            between.run();
            cpu.resumeCall(first);
            return AfterTrap.RESUME;
          }
        });
    return first[0];
  }

  /** Runs on with the registers that the processor has. */
  public Exit goOn() {
    FirstTrap first = new FirstTrap();
    cpu.run(first);
    return first.exit;
  }

  @Override
  public void close() {
    cpu.close();
    arena.close();
  }

  private final class NotingPort implements MmioPort {
    @Override
    public long read(long address, int bytes) {
      accesses.add(new Access("read", address, bytes, 0));
      return deviceValue;
    }

    @Override
    public void write(long address, int bytes, long value) {
      accesses.add(new Access("write", address, bytes, value));
    }
  }

  private class FirstTrap implements UserTraps {
    private Exit exit;

    private AfterTrap leave(Exit why) {
      exit = why;
      return AfterTrap.LEAVE;
    }

    private long pc() {
      cpu.readAll(registers);
      return registers[SavedRegisters.PC];
    }

    @Override
    public AfterTrap supervisorCall(int immediate) {
      return leave(new Exit.Call(immediate, pc()));
    }

    @Override
    public AfterTrap budgetSpent(int blockInstructions, long blockAddress) {
      long _ = pc();
      return leave(new Exit.Spent(blockInstructions, blockAddress));
    }

    @Override
    public AfterTrap fault(Fault fault) {
      return leave(new Exit.Failed(fault, pc()));
    }

    @Override
    public AfterTrap waitForInterrupt() {
      return leave(new Exit.Waits(pc()));
    }

    @Override
    public AfterTrap semihosting() {
      return leave(new Exit.Asks(pc()));
    }
  }
}
