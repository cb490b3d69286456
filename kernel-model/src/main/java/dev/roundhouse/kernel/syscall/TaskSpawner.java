package dev.roundhouse.kernel.syscall;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.kernel.abi.MemoryLayout;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.memory.DescriptorSlab;
import dev.roundhouse.kernel.memory.PageAllocator;
import dev.roundhouse.kernel.task.Priority;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.TaskTable;
import dev.roundhouse.kernel.task.Tid;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes and removes tasks (kernel/src/task.c, k_tmgr_get_free_task, k_td_init_user_task and
 * k_tmgr_destroy_task, 9d49562).
 */
public final class TaskSpawner {
  /** The stack pointer is always a multiple of 16 (Arm ARM, D1.8.2). */
  private static final long STACK_ALIGNMENT = 16;

  private final TaskTable tasks;
  private final PageAllocator pages;
  private final DescriptorSlab descriptors;
  private final MemoryLayout layout;
  private final VirtualClock clock;

  /** Tasks in {@code tasks}, with stacks from {@code pages}. */
  public TaskSpawner(
      TaskTable tasks,
      PageAllocator pages,
      DescriptorSlab descriptors,
      MemoryLayout layout,
      VirtualClock clock) {
    this.tasks = tasks;
    this.pages = pages;
    this.descriptors = descriptors;
    this.layout = layout;
    this.clock = clock;
  }

  /** Makes a task with a tid, a descriptor and a stack; nothing if memory for them is used up. */
  public Optional<Task> spawn(Tid parent, Priority priority) {
    if (!descriptors.allocate()) {
      return Optional.empty();
    }
    OptionalLong stack = pages.allocate(0);
    if (stack.isEmpty()) {
      descriptors.free();
      return Optional.empty();
    }
    AddressRange range = new AddressRange(stack.getAsLong(), layout.pageBytes());
    Task task = new Task(tasks.nextTid(), parent, priority, range);
    task.setState(TaskState.Ready.INSTANCE, clock.nanos());
    tasks.add(task);
    return Optional.of(task);
  }

  /** The mailbox that the next task has before it is given one of its own. */
  public TaskState.Mailbox nextMailbox() {
    return descriptors.nextIsFresh() ? TaskState.Mailbox.NONE : TaskState.Mailbox.LEFT_OVER;
  }

  /** Whether an argument block of {@code length} bytes, unsigned, fits into a stack. */
  public boolean hasRoomForArguments(long length) {
    return Long.compareUnsigned(length, layout.pageBytes()) <= 0;
  }

  /**
   * Reserves the argument block at the top of the stack.
   *
   * @param length bytes of the block, for which there is room
   * @return where the caller copies the block to
   */
  public UserBuffer reserveArguments(Task task, long length) {
    long rounded = (length + STACK_ALIGNMENT - 1) & -STACK_ALIGNMENT;
    UserBuffer block = new UserBuffer(task.stack().end() - rounded, length);
    task.setArguments(block);
    return block;
  }

  /** Removes a task: its descriptor and stack are free at once, its program's memory is not. */
  public void remove(Task task) {
    tasks.remove(task);
    pages.free(task.stack().start());
    descriptors.free();
  }
}
