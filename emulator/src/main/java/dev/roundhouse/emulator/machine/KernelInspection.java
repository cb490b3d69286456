package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.boundary.TrackedTask;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.SystemCpu;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.observe.Symbols;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.emulator.tasks.BoundaryTasks;
import dev.roundhouse.emulator.tasks.TaskReport;
import dev.roundhouse.emulator.tasks.TaskStatus;
import dev.roundhouse.kernel.abi.SavedRegisters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A booted kernel, seen by a debugger: the core, and the tasks that are seen at the kernel's
 * boundary. Of one that does not run only those registers are known that frames are found by.
 *
 * @param tasks nothing if they are not watched
 */
record KernelInspection(
    SystemCpu cpu, MappedBytes bytes, Halts halts, GuestTime time, Code code, Seen tasks)
    implements Inspection {
  /** In the place of tid 0, by which the protocol means any thread. */
  private static final int FIRST_TASK = CORE + 1;

  private static final int FP = 29;
  private static final int LR = 30;

  /** What the kernel was made of. */
  record Code(KernelImage image, Symbols symbols) {}

  /** The tasks, which are watched for a profile or a trace. */
  record Seen(Optional<BoundaryTasks> watched) {
    private List<TaskReport.Row> rows(VirtualTime now, long pc) {
      return watched.map(each -> each.report(now, pc).rows()).orElse(List.of());
    }

    private Optional<TrackedTask.Left> left(int thread) {
      return watched.flatMap(each -> each.left(thread == FIRST_TASK ? 0 : thread));
    }

    private static int thread(int tid) {
      return tid == 0 ? FIRST_TASK : tid;
    }

    /** The task that the core executes; the core itself if it is in the kernel, or idle. */
    int current(CoreState core) {
      return core.level() != 0
          ? CORE
          : watched.stream()
              .flatMap(each -> each.living().stream())
              .filter(task -> task.status() instanceof TaskStatus.Active)
              .mapToInt(task -> thread(task.tid()))
              .findFirst()
              .orElse(CORE);
    }
  }

  @Override
  public List<GuestThread> threads() {
    CoreState core = cpu.state();
    List<GuestThread> threads = new ArrayList<>();
    for (TaskReport.Row row : tasks.rows(now(), core.pc())) {
      threads.add(
          new GuestThread(Seen.thread(row.info().tid()), row.name(), row.info().status().text()));
    }
    String state = "EL%d at %s".formatted(core.level(), code.symbols.described(core.pc()));
    threads.add(new GuestThread(CORE, "core 0", state));
    return threads;
  }

  @Override
  public int current() {
    return tasks.current(cpu.state());
  }

  @Override
  public Optional<long[]> registers(int thread) {
    CoreState core = cpu.state();
    if (isOnCore(thread, core)) {
      long[] values = new long[SavedRegisters.COUNT];
      for (int number = 0; number <= LR; number++) {
        values[number] = core.general().get(number);
      }
      values[SavedRegisters.SP] = core.sp();
      values[SavedRegisters.PC] = core.pc();
      values[SavedRegisters.PSTATE] = core.pstate();
      return Optional.of(values);
    }
    return tasks.left(thread).map(KernelInspection::registers);
  }

  private boolean isOnCore(int thread, CoreState core) {
    return thread == CORE || thread == tasks.current(core);
  }

  private static long[] registers(TrackedTask.Left left) {
    long[] values = new long[SavedRegisters.COUNT];
    values[FP] = left.fp();
    values[LR] = left.lr();
    values[SavedRegisters.SP] = left.sp();
    values[SavedRegisters.PC] = left.pc();
    return values;
  }

  @Override
  public boolean isKnown(int thread, int register) {
    return isOnCore(thread, cpu.state())
        || register == FP
        || register == LR
        || register == SavedRegisters.SP
        || register == SavedRegisters.PC;
  }

  @Override
  public boolean setRegisters(int thread, long[] values) {
    boolean isThere = isOnCore(thread, cpu.state());
    if (isThere) {
      cpu.debugging().setRegisters(values);
    }
    return isThere;
  }

  @Override
  public long exceptionReturn() {
    CoreState core = cpu.state();
    return core.named().stream()
        .filter(each -> each.name().equals("ELR_EL" + core.level()))
        .findFirst()
        .map(CoreState.Named::value)
        .orElse(0L);
  }

  /** Addresses are virtual, and which there are may change with each instruction. */
  @Override
  public Optional<AddressRange> memory() {
    return Optional.empty();
  }

  @Override
  public int read(long address, byte[] into) {
    return bytes.read(address, into);
  }

  @Override
  public boolean write(long address, byte[] bytes) {
    return this.bytes.write(address, bytes, cpu.debugging()::forgetCode);
  }

  @Override
  public List<Program> programs() {
    return code.image.elf().isEmpty()
        ? List.of()
        : List.of(new Program(CORE, new KernelFile(code.image), 0));
  }

  /** The ELF file that a kernel was made of. */
  private record KernelFile(KernelImage image) implements ProgramFile {
    @Override
    public String name() {
      return "kernel";
    }

    @Override
    public byte[] content() {
      return image.elf().orElseThrow();
    }
  }

  @Override
  public VirtualTime now() {
    return new VirtualTime(time.present(0));
  }
}
