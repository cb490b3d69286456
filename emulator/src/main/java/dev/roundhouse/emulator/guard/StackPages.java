package dev.roundhouse.emulator.guard;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.PageAccess;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.abi.MemoryLayout;
import dev.roundhouse.kernel.loader.CodePages;
import dev.roundhouse.kernel.report.Fault.Access;
import dev.roundhouse.kernel.task.LoadedProgram;
import dev.roundhouse.kernel.task.Task;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far down stacks reach between kernel entries: what tasks get their memory from is closed to
 * them, and each page is opened at its first access, which costs the run nothing later. So a stack
 * that grows over what lies below it is seen at the first page there that nobody has used, and how
 * much of a stack was ever used is known to the page. Nothing of it can be seen by programs.
 */
final class StackPages {
  private static final long PAGE_BYTES = 4096;

  /** What is opened at once of memory that is no stack. */
  private static final long CHUNK_BYTES = 1 << 16;

  /** How far below the stack pointer an instruction may store that moves it only then. */
  private static final long LONGEST_STEP = 512;

  /** A stack that has come so near to its end is taken to go on below it. */
  private static final long NEAR_THE_END = 1 << 16;

  private final Kernel kernel;
  private final PageAccess pages;
  private final AddressRange pool;
  private final @Nullable StackGuard guard;
  private final int pageShift;
  private final @Nullable Task[] owners;
  private final long[] lowestOpen;

  private final boolean isCodeGuarded;

  /** Pages of the allocator that are in use for something else than a stack. */
  private final BitSet others = new BitSet();

  /** Whose code is in pages that have data too. */
  private final Map<Long, Task> sharedCode = new TreeMap<>();

  /** The pages of it, and whose, that somebody was seen to write to. */
  private final Set<String> written = new TreeSet<>();

  /** Closes the memory that tasks get of this kernel. */
  StackPages(Kernel kernel, Cpu cpu, Set<Guard> guards) {
    guard =
        guards.contains(Guard.STACKS) || guards.contains(Guard.STRAYS)
            ? new StackGuard(kernel, cpu, guards, this::used)
            : null;
    isCodeGuarded = guards.contains(Guard.CODE);
    this.kernel = kernel;
    pages = cpu.pages();
    MemoryLayout layout = kernel.profile().memory();
    pool = layout.pool();
    pageShift = layout.pageShift();
    owners = new Task[(int) (pool.length() >>> pageShift)];
    lowestOpen = new long[owners.length];
    pages.close(pool);
  }

  private int index(long address) {
    return (int) ((address - pool.start()) >>> pageShift);
  }

  /** A task is about to run. */
  void enter(Task task) {
    int index = index(task.stack().start());
    if (owners[index] != task) {
      enterFirst(task, index);
    }
    if (guard != null) {
      guard.enter(task, index == 0 ? null : owners[index - 1]);
    }
  }

  /** Its stack is that of nobody else. */
  private void enterFirst(Task task, int index) {
    AddressRange stack = task.stack();
    if (others.get(index)) {
      pages.close(stack);
    } else if (owners[index] != null) {
      pages.close(from(lowestOpen[index], stack.end()));
    }
    others.clear(index);
    owners[index] = task;
    lowestOpen[index] = stack.end();
    openInStack(index, Math.max(task.registers().sp() - 1, stack.start()));
    task.program().ifPresent(program -> openProgram(task, program));
    if (guard != null && index > 0) {
      pages.close(from(stack.start() - StackGuard.ZONE_BYTES, stack.start()));
    }
  }

  private void openProgram(Task task, LoadedProgram program) {
    AddressRange memory = program.memory();
    int behind = index(memory.end() - 1) + 1;
    boolean isBelowStack = guard != null && behind < owners.length && owners[behind] != null;
    long zone = pool.start() + ((long) behind << pageShift) - StackGuard.ZONE_BYTES;
    pages.open(from(memory.start(), isBelowStack ? Math.min(memory.end(), zone) : memory.end()));
    others.set(index(memory.start()), behind);
    if (isCodeGuarded) {
      CodePages code = program.image().codePages();
      code.alone().stream()
          .forEach(page -> pages.guardCode(new AddressRange(page(memory, page), PAGE_BYTES)));
      code.shared().stream().forEach(page -> sharedCode.put(page(memory, page), task));
    }
  }

  private static long page(AddressRange memory, int page) {
    return memory.start() + page * PAGE_BYTES;
  }

  /** Whether code and data of a program are in the page of an address. */
  boolean isShared(long address) {
    Task owner = sharedCode.get(address & -PAGE_BYTES);
    return owner != null && isAlive(owner);
  }

  /** Whether it is the first write to code in its page, which is shared. */
  boolean isFirstToSharedCode(long address, int bytes) {
    long page = address & -PAGE_BYTES;
    Task owner = sharedCode.get(page);
    return owner != null
        && isAlive(owner)
        && owner.program().filter(program -> program.isCode(address, bytes)).isPresent()
        && written.add(page + " " + owner.tid());
  }

  private boolean isAlive(Task task) {
    return kernel.task(task.tid()).equals(Optional.of(task));
  }

  /** The pages of a task's stack that are open to it. */
  private AddressRange used(Task task) {
    int index = index(task.stack().start());
    long end = task.stack().end();
    return from(owners[index] == task ? lowestOpen[index] : end, end);
  }

  private void openInStack(int index, long address) {
    long page = address & -PAGE_BYTES;
    pages.open(from(page, Math.max(lowestOpen[index], page + PAGE_BYTES)));
    lowestOpen[index] = Math.min(lowestOpen[index], page);
  }

  private static AddressRange from(long start, long end) {
    return new AddressRange(start, end - start);
  }

  /** Opens a page of the stack of the task that runs; whether the address lies there. */
  boolean openOwn(long address) {
    Task task = kernel.current();
    boolean isOwn = task.stack().contains(address);
    if (isOwn) {
      openInStack(index(task.stack().start()), address);
    }
    return isOwn;
  }

  /** Whether the task that runs has come there because its stack grew so far. */
  boolean isOverflow(long address, long sp) {
    Task task = kernel.current();
    long end = task.stack().start();
    boolean isBelow = address < end && sp < end + LONGEST_STEP;
    boolean isNearTheEnd = lowestOpen[index(end)] < end + NEAR_THE_END;
    return isBelow && (isNearTheEnd || kernel.isOnItsStack(task, sp));
  }

  /**
   * Opens memory that is not of the stack of the task that runs.
   *
   * @return whether a write is to be told of
   */
  boolean openOther(long address, Access direction) {
    if (guard != null && guard.isClosedTo(address)) {
      return guard.stray(address, direction);
    }
    openUnguarded(address);
    return false;
  }

  private void openUnguarded(long address) {
    int index = index(address);
    Task owner = owners[index];
    boolean isStack = owner != null && isAlive(owner);
    if (isStack && !kernel.current().hasOverflowed()) {
      pages.open(from(address, address + 1));
      return;
    }
    others.set(index);
    long chunk = address & -CHUNK_BYTES;
    pages.open(from(chunk, chunk + CHUNK_BYTES));
  }

  /** How many bytes of a task's stack were ever in use, as far as it is known. */
  long used(Task task, PhysicalMemory memory) {
    int index = index(task.stack().start());
    long lowest = Math.min(task.lowestStack(), task.stack().end());
    if (owners[index] == task && lowestOpen[index] < lowest) {
      long at = lowestOpen[index];
      while (at < lowest && memory.getLong(at) == 0) {
        at += Long.BYTES;
      }
      lowest = at;
    }
    return task.stack().end() - lowest;
  }
}
