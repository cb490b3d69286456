package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.SyscallTable;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.Symbol;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Fault;
import dev.roundhouse.kernel.task.LoadedProgram;
import dev.roundhouse.kernel.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that give up: a Rust program's panic, a C program's {@code fail}. Both are functions that
 * say why and do not come back, known by their symbols, so that programs need not be built for it.
 * The processor tells when one is entered; it then goes on to say why, and the run ends as by a
 * fault when the task exits, or after a while.
 */
final class GiveUps {
  /** How long a handler may take to say why: 2000 characters at 115200 bit/s. */
  static final long MOST_NANOS = 200_000_000;

  /** How handlers begin, which the report says itself. */
  private static final Pattern OWN_WORDS = Pattern.compile("^(task \\d+ )?panicked (at )?");

  private static final int MOST_TEXT = 400;
  private static final String FAIL = "fail";

  /** As rustc names it since 1.87, mangled (rust-lang/rust, library/std, __rust_begin_unwind). */
  private static final String PANIC = "rust_begin_unwind";

  private final Cpu cpu;
  private final PhysicalMemory memory;
  private final IdentityHashMap<ElfImage, List<Symbol>> handlers = new IdentityHashMap<>();
  private @Nullable Present present;

  GiveUps(Cpu cpu, PhysicalMemory memory) {
    this.cpu = cpu;
    this.memory = memory;
  }

  /** A task that has entered a handler, as it was then, and what it has said since. */
  private static final class Present {
    final Task task;
    final Symbol handler;
    final long[] registers = new long[SavedRegisters.COUNT];
    final StringBuilder said = new StringBuilder();

    Present(Task task, Symbol handler) {
      this.task = task;
      this.handler = handler;
    }

    boolean isPanic() {
      return !handler.name().equals(FAIL);
    }
  }

  /** Asks the processor to tell when a task that starts its program enters a handler of it. */
  void starts(Task task) {
    Optional<LoadedProgram> program = task.program();
    program.ifPresent(loaded -> {
      for (Symbol handler : handlers.computeIfAbsent(loaded.image(), GiveUps::handlers)) {
        cpu.watch(handler.address() + loaded.loadBias());
      }
    });
  }

  private static List<Symbol> handlers(ElfImage image) {
    return image.symbols().named(name -> name.equals(FAIL) || name.endsWith(PANIC));
  }

  /** The task that runs is about to execute an instruction that is watched; whether it panics. */
  boolean entered(Task task, long pc) {
    if (present != null && present.isPanic()) {
      return false;
    }
    for (LoadedProgram program : task.program().stream().toList()) {
      for (Symbol handler : handlers.getOrDefault(program.image(), List.of())) {
        if (handler.address() + program.loadBias() == pc) {
          present = new Present(task, handler);
          cpu.readAll(present.registers);
          present.registers[SavedRegisters.PC] = pc;
          return present.isPanic();
        }
      }
    }
    return false;
  }

  /** A task makes a system call; how the run ends by it, if the task has given up. */
  Optional<EndOfRun> called(Task caller, int number, SyscallTable table) {
    if (present == null || present.task != caller || !table.knows(number)) {
      return Optional.empty();
    }
    return switch (table.decode(number, caller.registers())) {
      case Syscall.PrintRaw(long address, int length) -> {
        says(address, length);
        yield Optional.empty();
      }
      case Syscall.Exit(), Syscall.Quit() -> exits(caller.registers());
      default -> Optional.empty();
    };
  }

  /** A task that this concerns says more. */
  private void says(long address, int length) {
    Present saying = present;
    if (saying == null || length <= 0 || !memory.contains(address, length)) {
      return;
    }
    byte[] bytes = new byte[Math.clamp(MOST_TEXT - saying.said.length(), 0, length)];
    memory.read(address, bytes, 0, bytes.length);
    saying.said.append(new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * How the run ends as a task that this concerns exits; empty if it came back from the handler.
   *
   * @param registers of the task
   */
  private Optional<EndOfRun> exits(SavedRegisters registers) {
    Present exiting = present;
    if (exiting == null) {
      return Optional.empty();
    }
    long inHandler = registers.lr() - exiting.registers[SavedRegisters.PC];
    boolean isInside = inHandler > 0 && inHandler <= exiting.handler.size();
    return exiting.isPanic() || isInside ? Optional.of(end(exiting)) : Optional.empty();
  }

  /** How the run ends if a task has panicked and says no more. */
  Optional<EndOfRun> panic() {
    return Optional.ofNullable(present).filter(Present::isPanic).map(GiveUps::end);
  }

  /** The task is shown as it was when it gave up. */
  private static EndOfRun end(Present giving) {
    long[] now = giving.task.registers().array();
    System.arraycopy(giving.registers, 0, now, 0, now.length);
    String how = giving.isPanic() ? "panicked" : "called fail";
    String why = OWN_WORDS.matcher(giving.said.toString().strip()).replaceFirst("");
    return new EndOfRun.TaskFault(giving.task.tid(), new Fault.GaveUp(how, why));
  }
}
