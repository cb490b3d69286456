package dev.roundhouse.emulator.guard;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.PageAccess;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.report.Fault.Access;
import dev.roundhouse.kernel.task.Task;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what lies just below a task's stack closed while the task runs, so that its first write
 * there is seen at its instruction: the stack that is next, or the last pages of what else is
 * there. If all stacks are guarded, those of all other tasks are closed. A page that is not a
 * task's own is opened to it alone, until another one runs: to loads, and to stores once it has
 * stored there.
 *
 * <p>Opening costs an entry in a table, closing a call of the engine: a stack is closed only before
 * a task runs that it is guarded from, and opened when its own task runs again.
 */
final class StackGuard {
  private static final long PAGE_BYTES = 4096;

  /** How much below a stack is kept closed. */
  static final long ZONE_BYTES = 1 << 14;

  private final Kernel kernel;
  private final PageAccess pages;
  private final Function<Task, AddressRange> used;
  private final List<AddressRange> strays = new ArrayList<>();

  /** Whose writes to whose stacks have been told. */
  private final Set<String> told = new TreeSet<>();

  /** Tasks whose stacks are closed, by tid. */
  private final BitSet shut = new BitSet();

  private final boolean isOfAll;
  private @Nullable Task inside;

  /**
   * A guard of a kernel's tasks.
   *
   * @param guards which stacks it is for
   * @param used the pages of a task's stack that it has used
   */
  StackGuard(Kernel kernel, Cpu cpu, Set<Guard> guards, Function<Task, AddressRange> used) {
    isOfAll = guards.contains(Guard.STRAYS);
    this.kernel = kernel;
    pages = cpu.pages();
    this.used = used;
  }

  /**
   * A task is about to run.
   *
   * @param below who has the stack below its own, if it is one
   */
  void enter(Task task, @Nullable Task below) {
    if (task == inside) {
      return;
    }
    strays.forEach(pages::close);
    strays.clear();
    Task other = isOfAll ? inside : below;
    if (other != null && !shut.get(other.tid().value())) {
      shut.set(other.tid().value());
      pages.close(used.apply(other));
    }
    if (shut.get(task.tid().value())) {
      shut.clear(task.tid().value());
      pages.open(used.apply(task));
    }
    inside = task;
  }

  /** Whether an address that is not in the stack of the task that runs is kept closed to it. */
  boolean isClosedTo(long address) {
    return kernel
        .withStackAt(address)
        .or(() -> kernel.withStackAt(address + ZONE_BYTES))
        .isPresent();
  }

  /**
   * The task that runs is at an access to a page that is not its own; opens that.
   *
   * @return whether it is to be told
   */
  boolean stray(long address, Access direction) {
    AddressRange page = new AddressRange(address & -PAGE_BYTES, PAGE_BYTES);
    strays.add(page);
    if (direction != Access.WRITE) {
      pages.openToLoads(page.start());
      return false;
    }
    pages.open(page);
    Task task = kernel.current();
    return !task.hasOverflowed() && told.add(task.tid() + kernel.whereIs(address));
  }
}
