package dev.roundhouse.emulator.conformance.processor;

import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.DeviceAccess;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.cpu.UserTraps;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault;
import java.util.Optional;

/**
 * A processor at EL0 that interprets the instructions that scripts are compiled to; any other is
 * undefined. It keeps nothing of the code that it has executed, so what is in memory is what runs.
 */
final class ScriptCpu implements Cpu {
  private static final long PAGE_MASK = 0xFFF;
  private static final long MISALIGNED = Instruction.BYTES - 1;
  private static final int LAST_ARGUMENT = 4;
  private static final int FIRST_PRESERVED = 19;

  private final GuestWindow ram;
  private final ScriptMemory memory;
  private final ScriptEngine.KernelWrites kernelWrites;
  private final BlockBudget budget = new BlockBudget();
  private final long[] registers = new long[SavedRegisters.COUNT];
  private final Interpreter interpreter;
  private boolean isRedirected;

  ScriptCpu(GuestWindow ram, ScriptMemory memory, ScriptEngine.KernelWrites kernelWrites) {
    this.ram = ram;
    this.memory = memory;
    this.kernelWrites = kernelWrites;
    interpreter = new Interpreter(ram, memory, registers);
  }

  @Override
  public void attach(MmioWindow devices) {
    interpreter.attach(devices);
  }

  @Override
  public void run(UserTraps traps) {
    AfterTrap next = AfterTrap.RESUME;
    while (next == AfterTrap.RESUME) {
      next = runBlock(traps);
    }
  }

  private AfterTrap runBlock(UserTraps traps) {
    long start = registers[SavedRegisters.PC];
    if ((start & MISALIGNED) != 0) {
      return traps.fault(new Fault.PcAlignment(start));
    }
    if (!ram.contains(start)) {
      return traps.fault(new Fault.PrefetchAbort(start));
    }
    int instructions = instructionsInBlock(start);
    if (instructions == CountDown.INSTRUCTIONS) {
      CountDown.skip(ram, start, registers, budget);
    }
    budget.count(instructions);
    if (budget.isSpent()) {
      isRedirected = false;
      AfterTrap next = traps.budgetSpent(instructions, start);
      if (next == AfterTrap.LEAVE || isRedirected) {
        return next;
      }
    }
    return execute(start, instructions, traps);
  }

  /** Up to the first that branches, calls the kernel, or is undefined, or the end of the page. */
  private int instructionsInBlock(long start) {
    long pageEnd = (start | PAGE_MASK) + 1;
    long at = start;
    Instruction instruction;
    do {
      instruction = Instruction.of(ram.instruction(at));
      at += Instruction.BYTES;
    } while (instruction != null && !instruction.endsBlock() && at < pageEnd);
    return (int) (at - start) / Instruction.BYTES;
  }

  private AfterTrap execute(long start, int instructions, UserTraps traps) {
    long end = start + (long) instructions * Instruction.BYTES;
    for (long at = start; at < end; at += Instruction.BYTES) {
      int word = ram.instruction(at);
      Instruction instruction = Instruction.of(word);
      if (instruction == Instruction.SUPERVISOR_CALL) {
        registers[SavedRegisters.PC] = end;
        return traps.supervisorCall(Interpreter.immediate(word));
      }
      Fault fault =
          instruction == null
              ? new Fault.UndefinedInstruction(word)
              : interpreter.execute(instruction, word, at);
      if (fault != null) {
        registers[SavedRegisters.PC] = at;
        return traps.fault(fault);
      }
    }
    return AfterTrap.RESUME;
  }

  private static void copy(long[] from, long[] to, int first, int last) {
    System.arraycopy(from, first, to, first, last - first + 1);
  }

  @Override
  public void readCall(long[] into) {
    copy(registers, into, 0, LAST_ARGUMENT);
    copy(registers, into, SavedRegisters.LR - 1, SavedRegisters.PC);
  }

  @Override
  public void readPreserved(long[] into) {
    copy(registers, into, FIRST_PRESERVED, SavedRegisters.LR - 1);
  }

  @Override
  public void readAll(long[] into) {
    copy(registers, into, 0, SavedRegisters.PSTATE);
  }

  @Override
  public void readDuringAccess(long[] into) {
    copy(registers, into, 0, SavedRegisters.SP);
    into[SavedRegisters.PSTATE] = registers[SavedRegisters.PSTATE];
  }

  @Override
  public long pc(Optional<DeviceAccess> access) {
    return registers[SavedRegisters.PC];
  }

  @Override
  public void resumeCall(long[] from) {
    registers[0] = from[0];
    registers[SavedRegisters.PC] = from[SavedRegisters.PC];
    isRedirected = true;
  }

  @Override
  public void resumeAfterCall(long[] from) {
    registers[0] = from[0];
    copy(from, registers, FIRST_PRESERVED, SavedRegisters.PC);
    isRedirected = true;
  }

  @Override
  public void resumeAll(long[] from) {
    copy(from, registers, 0, SavedRegisters.PSTATE);
    isRedirected = true;
  }

  @Override
  public InstructionBudget budget() {
    return budget;
  }

  /** Scripts have no symbols by which somebody would watch them. */
  @Override
  public void watch(long pc) {}

  /** No code is kept; but the kernel has written, or a device. */
  @Override
  public void forgetCode(long start, long end) {
    memory.written(start - ram.address(), end - ram.address());
    if (!interpreter.isAtDevice()) {
      kernelWrites.written(start, end);
    }
  }

  @Override
  public void close() {
    // It has nothing but its registers.
  }
}
