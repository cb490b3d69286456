package dev.roundhouse.kernel.syscall;

import dev.roundhouse.kernel.abi.MemoryLayout;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.task.Task;

/**
 * The frames below a task's stack pointer in which the kernel keeps its registers
 * (kernel/include/context_macro.S, reg_store, 9d49562). The model keeps registers elsewhere, but a
 * stack pointer that leads nowhere would lead the real kernel there.
 */
public final class RegisterFrames {
  private static final String STACK_POINTER = "sp";

  private final Pointers pointers;
  private final MemoryLayout layout;

  /** Frames of the sizes that {@code layout} gives. */
  public RegisterFrames(Pointers pointers, MemoryLayout layout) {
    this.pointers = pointers;
    this.layout = layout;
  }

  /** Whether the kernel could keep what it keeps on a system call. */
  public boolean hasRoomForCall(Task task) {
    return pointers.areGood(frame(task, layout.callFrameBytes()));
  }

  /** Whether the kernel could keep what it keeps on an interrupt; a loader's stack is its own. */
  public boolean hasRoomForInterrupt(Task task) {
    return task.program().isEmpty() || pointers.areGood(frame(task, layout.interruptFrameBytes()));
  }

  /** Reports a stack pointer without room for a system call. */
  public Outcome refuseCall(Task task) {
    return pointers.refuse(task, STACK_POINTER, frame(task, layout.callFrameBytes()));
  }

  /** Reports a stack pointer without room for an interrupt. */
  public Outcome refuseInterrupt(Task task) {
    return pointers.refuseInInterrupt(
        task, STACK_POINTER, frame(task, layout.interruptFrameBytes()));
  }

  private static UserBuffer frame(Task task, long bytes) {
    return new UserBuffer(task.registers().sp() - bytes, bytes);
  }
}
