package dev.roundhouse.emulator.stubs;

import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.UserTraps;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * A processor that executes functions of a file from call to call, and the memory that it sees.
 * Behind the file lies an area for what a caller has: a return address, results, buffers, a stack.
 */
final class StubCpu implements UserTraps, AutoCloseable {
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** More than any stub has, and little enough to be told at once that it loops. */
  private static final long MOST_INSTRUCTIONS = 100_000;

  private static final int INSTRUCTION_BYTES = 4;
  private static final int RETURN_IMMEDIATE = 0xffff;
  private static final int RETURN_CODE = 0xd41f_ffe1; // svc #0xffff
  private static final long AREA_BYTES = 0x20_0000;
  private static final long SLOTS_AT = 0x1000;
  private static final long SLOT_BYTES = 0x40;
  private static final long BUFFERS_AT = 0x2000;
  private static final long BUFFER_BYTES = 0x1100;
  private static final long LOWEST_STACK_AT = 0xd000;
  private static final long STACK_AT = 0x1_f000;
  private static final long USED_BYTES = 0x2_0000;

  final long[] registers = new long[SavedRegisters.COUNT];
  private final Arena arena = Arena.ofShared();
  private final MemorySegment ram;
  private final MemorySegment loaded;
  private final MemorySegment expected;
  private final long area;
  private final Cpu cpu;
  private Stop stop = new Stop.Returned();
  private LongConsumer reached = _ -> {};

  /** Why execution stopped. */
  sealed interface Stop {
    /** It makes a system call; pc is behind it. */
    record SystemCall(int immediate) implements Stop {}

    /** It returned to its caller. */
    record Returned() implements Stop {}

    /** It cannot go on; pc is there. */
    record Failed(String why) implements Stop {}
  }

  StubCpu(Engine engine, StubFile file) {
    long bytes = file.bytes() + AREA_BYTES;
    area = StubFile.START + file.bytes();
    ram = engine.newMemory(bytes, arena);
    file.place(ram);
    ram.set(INT, area - StubFile.START, RETURN_CODE);
    loaded = arena.allocate(bytes).copyFrom(ram);
    expected = arena.allocate(bytes).copyFrom(ram);
    cpu = engine.newCpu(new GuestWindow(StubFile.START, ram));
  }

  /** Where functions return to. */
  long returnAddress() {
    return area;
  }

  /** Where the value of a parameter is that is a pointer to a result. */
  long slot(int parameter) {
    return area + SLOTS_AT + SLOT_BYTES * parameter;
  }

  /** Where a parameter leads that is an address. */
  long buffer(int parameter) {
    return area + BUFFERS_AT + BUFFER_BYTES * parameter;
  }

  long stack() {
    return area + STACK_AT;
  }

  /** Makes memory what it was, and fills the caller's area anew. */
  void reset(LongSupplier values) {
    long used = area - StubFile.START;
    if (ram.asSlice(0, used).mismatch(loaded.asSlice(0, used)) >= 0) {
      ram.copyFrom(loaded);
      cpu.forgetCode(StubFile.START, area);
    }
    expected.asSlice(0, used).copyFrom(loaded.asSlice(0, used));
    for (long at = SLOTS_AT; at < USED_BYTES; at += Long.BYTES) {
      ram.set(LONG, used + at, values.getAsLong());
    }
    expected.asSlice(used, USED_BYTES).copyFrom(ram.asSlice(used, USED_BYTES));
  }

  /** Writes what the code under test finds, or what the kernel writes. */
  void put(long address, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      byte part = (byte) (value >>> (Byte.SIZE * i));
      ram.set(ValueLayout.JAVA_BYTE, address - StubFile.START + i, part);
    }
    expect(address, value, bytes);
  }

  /** Says what the code under test must have written in the end. */
  void expect(long address, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      byte part = (byte) (value >>> (Byte.SIZE * i));
      expected.set(ValueLayout.JAVA_BYTE, address - StubFile.START + i, part);
    }
  }

  long read(long address) {
    return ram.get(LONG, address - StubFile.START);
  }

  int instruction(long address) {
    long at = address - StubFile.START;
    return at >= 0 && at <= ram.byteSize() - INSTRUCTION_BYTES ? ram.get(INT, at) : 0;
  }

  /** The first address at which memory is not as expected, but for the stack below sp; or -1. */
  long unexpected() {
    long low = area + LOWEST_STACK_AT - StubFile.START;
    long high = area + STACK_AT - StubFile.START;
    long below = ram.asSlice(0, low).mismatch(expected.asSlice(0, low));
    if (below >= 0) {
      return StubFile.START + below;
    }
    long end = area + USED_BYTES - StubFile.START;
    long above = ram.asSlice(high, end - high).mismatch(expected.asSlice(high, end - high));
    return above < 0 ? -1 : StubFile.START + high + above;
  }

  /** Has each instruction of a function told before it is executed. */
  void watch(StubFile.Stub stub, LongConsumer before) {
    reached = before;
    for (long pc = stub.address(); pc < stub.address() + stub.bytes(); pc += INSTRUCTION_BYTES) {
      cpu.watch(pc);
    }
  }

  /** Goes on at pc to the next stop. */
  Stop go() {
    cpu.resumeAll(registers);
    cpu.budget().grant(MOST_INSTRUCTIONS);
    cpu.run(this);
    return stop;
  }

  private AfterTrap stopAt(Stop why) {
    cpu.readAll(registers);
    stop = why;
    return AfterTrap.LEAVE;
  }

  @Override
  public AfterTrap supervisorCall(int immediate) {
    AfterTrap after = stopAt(new Stop.SystemCall(immediate));
    if (registers[SavedRegisters.PC] == area + INSTRUCTION_BYTES && immediate == RETURN_IMMEDIATE) {
      stop = new Stop.Returned();
    }
    return after;
  }

  @Override
  public void reached(long pc) {
    cpu.readAll(registers);
    reached.accept(pc);
  }

  @Override
  public AfterTrap budgetSpent(int blockInstructions, long blockAddress) {
    AfterTrap after =
        stopAt(new Stop.Failed("loops: %,d instructions".formatted(MOST_INSTRUCTIONS)));
    registers[SavedRegisters.PC] = blockAddress;
    return after;
  }

  @Override
  public AfterTrap fault(Fault fault) {
    return stopAt(new Stop.Failed(text(fault)));
  }

  private static String text(Fault fault) {
    return switch (fault) {
      case Fault.DataAbort(long address, int _, Fault.Access access) ->
          "%s 0x%x, where nothing is"
              .formatted(access == Fault.Access.WRITE ? "writes to" : "reads from", address);
      case Fault.PrefetchAbort(long address) ->
          "jumps to 0x%x, where nothing is".formatted(address);
      case Fault.Alignment(long address) -> "accesses 0x%x, not aligned".formatted(address);
      case Fault.PcAlignment(long address) -> "jumps to 0x%x, not aligned".formatted(address);
      case Fault.UndefinedInstruction(int encoding) ->
          "executes 0x%08x, which is no instruction of EL0".formatted(encoding);
      case Fault.Breakpoint(int immediate) -> "executes brk #" + immediate;
      case Fault.GaveUp(String how, String why) -> how + ": " + why;
      case Fault.Other(int number) -> "takes exception " + number;
    };
  }

  @Override
  public AfterTrap waitForInterrupt() {
    return stopAt(new Stop.Failed("waits for an interrupt"));
  }

  @Override
  public AfterTrap semihosting() {
    return stopAt(new Stop.Failed("asks the debugger for a service"));
  }

  @Override
  public void close() {
    cpu.close();
    arena.close();
  }
}
