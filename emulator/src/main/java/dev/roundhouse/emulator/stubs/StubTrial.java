package dev.roundhouse.emulator.stubs;

import dev.roundhouse.emulator.stubs.StubCpu.Stop;
import dev.roundhouse.kernel.abi.ArgumentShape;
import dev.roundhouse.kernel.abi.ArgumentShape.Kind;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallShape;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.abi.StubShape;
import dev.roundhouse.kernel.abi.StubShape.Memory;
import dev.roundhouse.kernel.abi.StubShape.Parameter;
import dev.roundhouse.kernel.abi.StubShape.ResultShape;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * One execution of a stub with one state of the registers. What the kernel may change is changed
 * while the stub is in it.
 */
final class StubTrial {
  /** What a generated caller stores before its first call (docs/stubs.md). */
  static final long MARK = 0x726f_756e_6468_7573L;

  private static final int FIRST_PRESERVED = 19;
  private static final int LAST_PRESERVED = 29;
  private static final int INSTRUCTION_BYTES = 4;
  private static final int RETURN = 0xd65f_03c0;
  private static final int FLAGS_SHIFT = 28;
  private static final int STACK_ALIGNMENT = 16;
  private static final int LONGEST_BUFFER = 0x100;

  /** Of a caller: behind all that parameters have. */
  private static final int CELL = 8;

  private final StubCpu cpu;
  private final CallAbi abi;
  private final long number;
  private final CallShape call;
  private final Form form;
  private final RegisterState state;
  private final SplittableRandom random;
  private final Map<String, Long> given = new TreeMap<>();
  private final Map<String, Long> pointers = new TreeMap<>();
  private final Map<String, Long> results = new TreeMap<>();
  private final long[] start = new long[SavedRegisters.COUNT];
  private long cell;
  private long inCell = MARK;
  private int made;
  private boolean isInlined;

  /** What kind of function is executed. */
  enum Form {
    /** A stub. */
    STUB,
    /** A caller that has the stub inlined, and makes the call twice (docs/stubs.md). */
    CALLER
  }

  /** A call of an ABI: its number and shape. */
  record Call(CallAbi abi, long number, CallShape shape) {}

  /**
   * What is not as the ABI says.
   *
   * @param pc the instruction that it was seen at
   * @param looked by which it is seen which instruction made it so, if one did
   */
  record Difference(String what, long pc, Optional<ToLongFunction<StubCpu>> looked) {}

  /** What is tried. */
  record Run(Call call, Form form, RegisterState state) {}

  StubTrial(StubCpu cpu, Run run) {
    this.cpu = cpu;
    abi = run.call.abi;
    number = run.call.number;
    call = run.call.shape;
    form = run.form;
    state = run.state;
    random = state.random();
  }

  /** The first difference. */
  Optional<Difference> run(StubFile.Stub stub) {
    prepare(stub);
    int calls = form == Form.CALLER ? 2 : 1;
    while (made < calls) {
      Stop stop = cpu.go();
      Optional<Difference> seen =
          stop instanceof Stop.SystemCall(int immediate)
              ? atCall(immediate)
              : Optional.of(noCall(stop));
      if (seen.isPresent() || call.result() == CallShape.Result.NONE) {
        return seen;
      }
      kernel();
      made++;
    }
    Stop stop = cpu.go();
    return switch (stop) {
      case Stop.Returned _ -> atReturn();
      case Stop.SystemCall(int immediate) ->
          seen("makes one more system call, svc #" + immediate + note());
      case Stop.Failed(String why) -> seen(why + " behind the svc" + note());
    };
  }

  private Difference noCall(Stop stop) {
    return switch (stop) {
      case Stop.Failed(String why) ->
          new Difference(
              why + ", and does not come to an svc",
              cpu.registers[SavedRegisters.PC],
              Optional.empty());
      case Stop.Returned _, Stop.SystemCall _ ->
          new Difference("returns without an svc", start[SavedRegisters.PC], Optional.empty());
    };
  }

  private Optional<Difference> seen(String what) {
    return Optional.of(new Difference(what, cpu.registers[SavedRegisters.PC], Optional.empty()));
  }

  private void prepare(StubFile.Stub stub) {
    cpu.reset(random::nextLong);
    long[] registers = cpu.registers;
    state.fill(registers);
    int register = 0;
    if (form == Form.CALLER) {
      cell = cpu.slot(CELL);
      registers[register++] = cell;
    }
    for (Parameter parameter : call.stub().parameters()) {
      registers[register] = value(parameter, register, registers[register]);
      register++;
    }
    registers[SavedRegisters.LR] = cpu.returnAddress();
    registers[SavedRegisters.SP] = cpu.stack();
    registers[SavedRegisters.PC] = stub.address();
    registers[SavedRegisters.PSTATE] = (random.nextLong() & 0xf) << FLAGS_SHIFT;
    System.arraycopy(registers, 0, start, 0, start.length);
  }

  private long value(Parameter parameter, int register, long otherwise) {
    if (parameter.isPointer()) {
      pointers.put(parameter.name(), cpu.slot(register));
      return cpu.slot(register);
    }
    Optional<ArgumentShape> argument = argument(parameter.name());
    long value = argument.isEmpty() ? 1 + random.nextInt(LONGEST_BUFFER) : otherwise;
    if (argument.isPresent() && isAddress(argument.get().kind())) {
      value = cpu.buffer(register);
      if (argument.get().kind() == Kind.TEXT) {
        cpu.put(value, 'x', 2);
      }
    }
    given.put(parameter.name(), value);
    return value;
  }

  private static boolean isAddress(Kind kind) {
    return kind.isRead() || kind.isWritten();
  }

  private Optional<ArgumentShape> argument(String name) {
    return call.arguments().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** What a parameter's value is now: where it is a pointer, what is there. */
  private long now(String name) {
    Long pointer = pointers.get(name);
    return pointer == null ? given.getOrDefault(name, 0L) : cpu.read(pointer);
  }

  private Optional<Difference> atCall(int immediate) {
    CallAbi.Entry entry = abi.entry();
    boolean isImmediate = entry.numberRegister() == CallAbi.IMMEDIATE;
    long pc = cpu.registers[SavedRegisters.PC];
    isInlined = entry.returns() == CallAbi.Returns.X30 && cpu.instruction(pc) != RETURN;
    long wanted = isImmediate ? number : entry.immediate().orElse(immediate);
    if (immediate != wanted) {
      return seenAtCall("svc #" + immediate + other(immediate) + ", not svc #" + wanted);
    }
    if (!isImmediate && cpu.registers[entry.numberRegister()] != number) {
      return seenIn(entry.numberRegister(), "the call's number, " + number);
    }
    for (ArgumentShape argument : call.arguments()) {
      if (!isSame(argument.kind(), argument.register(), now(argument.name()))) {
        return seenIn(argument.register(), "the argument " + argument.name());
      }
      boolean hasLength = argument.kind().hasLength();
      if (hasLength && !isSame(Kind.LONG, argument.lengthRegister(), now(argument.lengthName()))) {
        return seenIn(argument.lengthRegister(), "the argument " + argument.lengthName());
      }
    }
    if (cpu.registers[SavedRegisters.SP] % STACK_ALIGNMENT != 0) {
      return seenAtCall("sp is not a multiple of 16");
    }
    return memoryAtCall();
  }

  private String other(long called) {
    CallShape other = abi.calls().get(called);
    return other == null ? "" : " (" + other.name() + ")";
  }

  private Optional<Difference> memoryAtCall() {
    Memory memory = call.stub().memory();
    boolean isRead = memory == Memory.READ || memory == Memory.READ_WRITE;
    if (form == Form.CALLER && isRead && made == 0 && cpu.read(cell) != MARK) {
      return seenAtCall(
          "what was stored before is not in memory yet, and the kernel reads memory:"
              + " the compiler is not told that the call does (\"memory\")");
    }
    return Optional.empty();
  }

  private boolean isSame(Kind kind, int register, long wanted) {
    long seen = cpu.registers[register];
    return isNarrow(kind) ? (int) seen == (int) wanted : seen == wanted;
  }

  private static boolean isNarrow(Kind kind) {
    return kind == Kind.INT || kind == Kind.TID || kind == Kind.PRIORITY;
  }

  private Optional<Difference> seenAtCall(String what) {
    return Optional.of(
        new Difference(
            what, cpu.registers[SavedRegisters.PC] - INSTRUCTION_BYTES, Optional.empty()));
  }

  private Optional<Difference> seenIn(int register, String wanted) {
    long pc = cpu.registers[SavedRegisters.PC] - INSTRUCTION_BYTES;
    String again = made == 0 ? "" : " of the second of two equal calls";
    String what =
        "at the svc%s x%d is %s, not %s".formatted(again, register, named(register), wanted);
    return Optional.of(new Difference(what, pc, Optional.of(of -> of.registers[register])));
  }

  /** What a register holds, in words. */
  private String named(int register) {
    long value = cpu.registers[register];
    for (Map.Entry<String, Long> one : given.entrySet()) {
      if (one.getValue() == value) {
        return one.getKey();
      }
    }
    for (Map.Entry<String, Long> one : pointers.entrySet()) {
      if (cpu.read(one.getValue()) == value) {
        return one.getKey();
      }
      if (one.getValue() == value) {
        return "the address of " + one.getKey();
      }
    }
    if (value == number) {
      return "the call's number";
    }
    return value == start[register] ? "what the caller left there" : "0x%x".formatted(value);
  }

  /** Does to registers and memory all that the kernel may do. */
  private void kernel() {
    long[] registers = cpu.registers;
    StubShape stub = call.stub();
    for (int register = 0; register < SavedRegisters.LR; register++) {
      if (stub.clobbers().has(register)) {
        registers[register] = random.nextLong();
      }
    }
    if (stub.clobbers().areFlags()) {
      registers[SavedRegisters.PSTATE] = (random.nextLong() & 0xf) << FLAGS_SHIFT;
    }
    kernelWrites();
    for (ResultShape result : stub.results()) {
      long value = isNarrow(result.kind()) ? random.nextInt() : random.nextLong();
      registers[result.register()] = value;
      results.put(result.name(), value);
      Long pointer = pointers.get(result.name());
      if (pointer != null) {
        cpu.expect(pointer, value, isNarrow(result.kind()) ? Integer.BYTES : Long.BYTES);
      }
    }
    if (abi.entry().returns() == CallAbi.Returns.X30) {
      registers[SavedRegisters.PC] = registers[SavedRegisters.LR];
    }
  }

  private void kernelWrites() {
    for (ArgumentShape argument : call.arguments()) {
      int bytes =
          switch (argument.kind()) {
            case OUT -> (int) now(argument.lengthName());
            case OUT_INT -> Integer.BYTES;
            case OUT_POINTER -> Long.BYTES;
            case OUT_ANY -> argument.bytes();
            case INT, LONG, TID, PRIORITY, IN, TEXT, IN_ANY, ANY -> 0;
          };
      for (int i = 0; i < bytes; i++) {
        cpu.put(now(argument.name()) + i, random.nextLong(), 1);
      }
    }
    if (form == Form.CALLER && made == 0) {
      Memory memory = call.stub().memory();
      if (memory == Memory.WRITE || memory == Memory.READ_WRITE) {
        inCell = random.nextLong();
        cpu.put(cell, inCell, Long.BYTES);
      }
      cpu.expect(cell, inCell, Long.BYTES);
    }
  }

  private Optional<Difference> atReturn() {
    long pc = start[SavedRegisters.PC];
    if (cpu.registers[SavedRegisters.SP] != start[SavedRegisters.SP]) {
      long off = cpu.registers[SavedRegisters.SP] - start[SavedRegisters.SP];
      return changed(SavedRegisters.SP, "sp is %+d at the return".formatted(off) + note());
    }
    for (int register = FIRST_PRESERVED; register <= LAST_PRESERVED; register++) {
      if (cpu.registers[register] != start[register]) {
        return changed(
            register, "x" + register + " is not what the caller had there, at the return" + note());
      }
    }
    Optional<Difference> result = form == Form.CALLER ? seenByCaller() : returned();
    if (result.isPresent()) {
      return result;
    }
    long address = cpu.unexpected();
    return address < 0
        ? Optional.empty()
        : Optional.of(new Difference(write(address), pc, Optional.of(of -> of.read(address))));
  }

  private Optional<Difference> changed(int register, String what) {
    return Optional.of(
        new Difference(what, start[SavedRegisters.PC], Optional.of(of -> of.registers[register])));
  }

  private Optional<Difference> seenByCaller() {
    return cpu.registers[0] == inCell
        ? Optional.empty()
        : changed(
            0,
            "memory that the kernel wrote is not read again behind the call: the compiler is not"
                + " told that the call writes (\"memory\")");
  }

  private Optional<Difference> returned() {
    Optional<ResultShape> result = call.stub().returned().flatMap(name -> call.stub().result(name));
    if (result.isEmpty()
        || result.get().kind() == Kind.ANY
        || isSame(result.get().kind(), 0, results.getOrDefault(result.get().name(), 0L))) {
      return Optional.empty();
    }
    return changed(0, "x0 at the return is not the result " + result.get().name() + note());
  }

  private String write(long address) {
    for (Map.Entry<String, Long> pointer : pointers.entrySet()) {
      if (address >= pointer.getValue() && address < pointer.getValue() + Long.BYTES) {
        return "*" + pointer.getKey() + " is not the result " + pointer.getKey() + note();
      }
    }
    long above = address - start[SavedRegisters.SP];
    return above >= 0
        ? "writes to its caller's stack, sp+" + above + note()
        : "writes to 0x%x, which is not its own".formatted(address) + note();
  }

  private String note() {
    return isInlined ? "; the svc is inlined, and this kernel goes on at x30, not behind it" : "";
  }
}
