package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.boundary.TrackedTask;
import dev.roundhouse.emulator.boundary.UserBytes;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.UserRegisters;
import dev.roundhouse.emulator.debuginfo.CallerRule;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.task.CallHistory.Call;
import dev.roundhouse.kernel.task.ResumeKind;
import dev.roundhouse.kernel.task.Task;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Who called whom: by call frame information where a function has it, else by the chain of frame
 * records (Procedure Call Standard for the Arm 64-bit Architecture, 6.4.6), in which x29 points at
 * the caller's x29 and the return address. Nothing in memory is trusted: each frame must lie above
 * the one before.
 */
public final class Backtrace {
  private static final int FRAME_POINTER = 29;
  private static final int RECORD_BYTES = 16;
  private static final int MOST_FRAMES = 24;
  private static final int INSTRUCTION_BYTES = 4;
  private static final int MOST_SCANNED = 4096;
  private static final int RET = 0xd65f_03c0;
  private static final int SVC = 0xd400_0001;
  private static final int SVC_MASK = 0xffe0_001f;

  private final Symbols symbols;
  private final Memory memory;
  private final long[] registers;
  private final Innermost innermost;
  private final TailCalls tails;
  private final List<CodePlace> outer = new ArrayList<>();
  private int returns;

  /** What may be looked at. */
  interface Memory {
    /** Eight bytes of the stack; empty where there is none. */
    OptionalLong stackWord(long address);

    /** An instruction; empty where there is no memory. */
    OptionalInt instruction(long address);
  }

  /** What pc is of the innermost function. */
  private enum Innermost {
    /** The instruction that it is at. */
    INSTRUCTION,
    /** Where the call that it makes returns to. */
    CALL
  }

  private Backtrace(TailCalls tails, long[] registers, Innermost innermost) {
    this.tails = tails;
    symbols = tails.symbols();
    memory = tails.memory();
    this.registers = registers.clone();
    this.innermost = innermost;
  }

  /** The frames of a task that does not run, innermost first, in a line each. */
  static List<String> of(Task task, Symbols symbols, PhysicalMemory memory) {
    return lines(places(task, symbols, memory), symbols);
  }

  /** The places of a task that does not run, innermost first. */
  public static List<CodePlace> places(Task task, Symbols symbols, PhysicalMemory memory) {
    TailCalls tails = tailCalls(task, symbols, memory);
    Innermost innermost = isInCall(task) ? Innermost.CALL : Innermost.INSTRUCTION;
    Backtrace trace = new Backtrace(tails, task.registers().array(), innermost);
    List<CodePlace> places = new ArrayList<>();
    if (isInCall(task) && !task.calls().calls().isEmpty()) {
      int number = task.calls().calls().getLast().number();
      places.addAll(tails.upToCall(task.registers().lr(), number));
    }
    places.addAll(trace.places());
    return places;
  }

  /** The place of a system call that a task has made, in words. */
  static String caller(Task task, Call call, Symbols symbols, PhysicalMemory memory) {
    long returnAddress = call.registers().lr();
    List<CodePlace> places = new ArrayList<>();
    TailCalls tailCalls = tailCalls(task, symbols, memory);
    places.addAll(tailCalls.upToCall(returnAddress, call.number()));
    places.addAll(symbols.before(returnAddress));
    call.outer().stream()
        .takeWhile(tailCalls::returnsFromCall)
        .forEach(outer -> places.addAll(symbols.before(outer)));
    return CodePlace.own(places).text();
  }

  private static TailCalls tailCalls(Task task, Symbols symbols, PhysicalMemory memory) {
    OptionalLong entry =
        task.program().isPresent()
            ? OptionalLong.of(
                task.program().get().image().entry() + task.program().get().loadBias())
            : OptionalLong.empty();
    return new TailCalls(symbols, new TaskMemory(task, memory), entry);
  }

  /** The places of a task that runs with these registers, innermost first. */
  static List<CodePlace> places(
      Task task, long[] registers, Symbols symbols, PhysicalMemory memory) {
    TailCalls tails = tailCalls(task, symbols, memory);
    return new Backtrace(tails, registers, Innermost.INSTRUCTION).places();
  }

  /** The kernel has a task go on at x30 as soon as it has made a call. */
  private static boolean isInCall(Task task) {
    return task.resumeKind() == ResumeKind.AFTER_CALL
        && task.registers().pc() == task.registers().lr();
  }

  private record TaskMemory(Task task, PhysicalMemory memory) implements Memory {
    @Override
    public OptionalLong stackWord(long address) {
      return task.stack().contains(address, Long.BYTES) && memory.contains(address, Long.BYTES)
          ? OptionalLong.of(memory.getLong(address))
          : OptionalLong.empty();
    }

    @Override
    public OptionalInt instruction(long address) {
      return memory.contains(address, INSTRUCTION_BYTES)
          ? OptionalInt.of(memory.getInt(address))
          : OptionalInt.empty();
    }
  }

  /** The frames of a core that does not run, innermost first, in a line each. */
  static List<String> of(CoreState core, Symbols symbols, UserBytes memory) {
    return lines(places(core, symbols, memory), symbols);
  }

  /** The places of a core that does not run, innermost first. */
  public static List<CodePlace> places(CoreState core, Symbols symbols, UserBytes memory) {
    return places(core, core.pc(), symbols, memory);
  }

  /** The places of a core that is at an instruction, innermost first. */
  static List<CodePlace> places(CoreState core, long pc, Symbols symbols, UserBytes memory) {
    long[] registers = new long[SavedRegisters.COUNT];
    for (int number = 0; number < SavedRegisters.SP; number++) {
      registers[number] = core.general().get(number);
    }
    registers[SavedRegisters.SP] = core.sp();
    registers[SavedRegisters.PC] = pc;
    return places(registers, symbols, memory);
  }

  /** The places of a task of a kernel that enters it, innermost first. */
  public static List<CodePlace> places(UserRegisters user, Symbols symbols, UserBytes memory) {
    long[] registers = new long[SavedRegisters.COUNT];
    for (int number = 0; number < SavedRegisters.SP; number++) {
      registers[number] = user.general(number);
    }
    registers[SavedRegisters.SP] = user.sp();
    registers[SavedRegisters.PC] = user.pc();
    return places(registers, symbols, memory);
  }

  private static List<CodePlace> places(long[] registers, Symbols symbols, UserBytes memory) {
    var tails = new TailCalls(symbols, new CoreMemory(memory), OptionalLong.empty());
    return new Backtrace(tails, registers, Innermost.INSTRUCTION).places();
  }

  /**
   * The places of a booted kernel's task that does not run, innermost first. A stub, which does
   * nothing but call the kernel, is none of them.
   */
  public static List<CodePlace> places(TrackedTask.Left task, Symbols symbols, UserBytes memory) {
    long[] registers = new long[SavedRegisters.COUNT];
    registers[FRAME_POINTER] = task.fp();
    registers[SavedRegisters.LR] = task.lr();
    registers[SavedRegisters.SP] = task.sp();
    registers[SavedRegisters.PC] = task.pc();
    CoreMemory words = new CoreMemory(memory);
    var tails = new TailCalls(symbols, words, OptionalLong.empty());
    List<CodePlace> places = new Backtrace(tails, registers, Innermost.INSTRUCTION).places();
    int own = symbols.at(task.pc()).size();
    boolean isCall = (words.instruction(task.pc()).orElse(0) & SVC_MASK) == SVC;
    boolean isFirst = symbols.function(task.pc()).filter(it -> it.start() == task.pc()).isPresent();
    boolean isLast = words.instruction(task.pc() + INSTRUCTION_BYTES).orElse(0) == RET;
    boolean isStub = isCall && (isFirst || isLast) && places.size() > own;
    return isStub ? places.subList(own, places.size()) : places;
  }

  private record CoreMemory(UserBytes memory) implements Memory {
    @Override
    public OptionalLong stackWord(long address) {
      byte[] word = new byte[Long.BYTES];
      return memory.read(address, word) == Long.BYTES
          ? OptionalLong.of(ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getLong())
          : OptionalLong.empty();
    }

    @Override
    public OptionalInt instruction(long address) {
      OptionalLong both = stackWord(address);
      return both.isPresent() ? OptionalInt.of((int) both.getAsLong()) : OptionalInt.empty();
    }
  }

  private static List<String> lines(List<CodePlace> places, Symbols symbols) {
    List<String> lines = new ArrayList<>();
    for (CodePlace place : places) {
      lines.add("    #%-2d %s".formatted(lines.size(), symbols.described(place)));
    }
    return lines;
  }

  private List<CodePlace> places() {
    long pc = registers[SavedRegisters.PC];
    List<CodePlace> places =
        new ArrayList<>(innermost == Innermost.CALL ? symbols.before(pc) : symbols.at(pc));
    walk();
    places.addAll(outer);
    return places;
  }

  private void walk() {
    long pc = registers[SavedRegisters.PC];
    while (returns < MOST_FRAMES) {
      long within = isLeaf() ? pc : pc - INSTRUCTION_BYTES;
      Optional<CallerRule> rule = symbols.callerRule(within);
      long lr = registers[SavedRegisters.LR];
      boolean isInLr = isLeaf() && lr != 0 && !hasSavedReturn(pc);
      OptionalLong caller =
          rule.isPresent() ? byRule(rule.get()) : isInLr ? OptionalLong.of(lr) : byRecord();
      if (caller.orElse(0) == 0 || (isLeaf() && isStale(caller.getAsLong(), pc))) {
        return;
      }
      pc = caller.getAsLong();
      outer.addAll(tails.upTo(pc, within));
      outer.addAll(symbols.before(pc));
      returns++;
    }
  }

  /** Whether the function has called no other, so that x30 may still be its own. */
  private boolean isLeaf() {
    return returns == 0 && innermost == Innermost.INSTRUCTION;
  }

  /**
   * Whether x30 is left from a call that has come back, which the innermost function made itself,
   * or the code that runs on into it (a label in assembly counts as a function): a function that
   * never returns need not keep what it was called with.
   */
  private boolean isStale(long returnAddress, long pc) {
    Optional<Symbols.Function> function = symbols.function(pc);
    return function
            .filter(code ->
                code.contains(returnAddress - INSTRUCTION_BYTES) || code.start() == returnAddress)
            .isPresent()
        && registers[SavedRegisters.LR] == returnAddress
        && !tails.isCallOf(returnAddress, function.get().start());
  }

  private OptionalLong byRule(CallerRule rule) {
    long frame = registers[rule.register()] + rule.offset();
    int least = isLeaf() ? 0 : 1;
    boolean isAbove = Long.compareUnsigned(frame, registers[SavedRegisters.SP]) >= least;
    boolean hasReturn = isLeaf() || rule.saved().containsKey(SavedRegisters.LR);
    if (!isAbove || !hasReturn || rule.lost().contains(SavedRegisters.LR)) {
      return OptionalLong.empty();
    }
    for (Map.Entry<Integer, Long> saved : rule.saved().entrySet()) {
      OptionalLong value = memory.stackWord(frame + saved.getValue());
      if (value.isEmpty()) {
        return OptionalLong.empty();
      }
      if (saved.getKey() < SavedRegisters.SP) {
        registers[saved.getKey()] = value.getAsLong();
      }
    }
    registers[SavedRegisters.SP] = frame;
    return OptionalLong.of(registers[SavedRegisters.LR]);
  }

  private OptionalLong byRecord() {
    long record = registers[FRAME_POINTER];
    OptionalLong next = memory.stackWord(record);
    OptionalLong caller = memory.stackWord(record + Long.BYTES);
    boolean isAbove = Long.compareUnsigned(record, registers[SavedRegisters.SP]) >= 0;
    if (record % Long.BYTES != 0 || !isAbove || next.isEmpty() || caller.isEmpty()) {
      return OptionalLong.empty();
    }
    registers[FRAME_POINTER] = next.getAsLong();
    registers[SavedRegisters.SP] = record + RECORD_BYTES;
    return caller;
  }

  /**
   * Whether the function has stored x30 before it came to an instruction, and may have changed it
   * since. Code that nobody knows the start of is taken to start behind a ret; where there is no
   * code, x30 says who jumped there.
   */
  private boolean hasSavedReturn(long pc) {
    Optional<Symbols.Function> function = symbols.function(pc);
    long start = function.map(Symbols.Function::start).orElse(pc - MOST_SCANNED);
    long first = Math.max(start, pc - MOST_SCANNED);
    for (long at = pc - INSTRUCTION_BYTES; at >= first; at -= INSTRUCTION_BYTES) {
      OptionalInt instruction = memory.instruction(at);
      if (instruction.isEmpty() || (function.isEmpty() && instruction.getAsInt() == RET)) {
        return false;
      }
      if (storesReturn(instruction.getAsInt())) {
        return true;
      }
    }
    return false;
  }

  /**
   * STP and STR of x30 to the stack (Arm Architecture Reference Manual, C4.1, loads and stores).
   */
  private static boolean storesReturn(int instruction) {
    int first = instruction & 0x1f;
    int second = instruction >>> 10 & 0x1f;
    boolean isToStack = (instruction >>> 5 & 0x1f) == SavedRegisters.SP;
    boolean isPair = (instruction & 0xfe40_0000) == 0xa800_0000;
    boolean isSingle =
        (instruction & 0xffe0_0c00) == 0xf800_0c00 || (instruction & 0xffc0_0000) == 0xf900_0000;
    boolean isOfReturn =
        first == SavedRegisters.LR ? isPair || isSingle : isPair && second == SavedRegisters.LR;
    return isToStack && isOfReturn;
  }
}
