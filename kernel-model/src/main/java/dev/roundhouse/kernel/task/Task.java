package dev.roundhouse.kernel.task;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.abi.SyscallKind;
import dev.roundhouse.kernel.abi.UserBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task descriptor. */
public final class Task {
  private final Tid tid;
  private final Tid parent;
  private final Priority priority;
  private final AddressRange stack;
  private final SavedRegisters registers = new SavedRegisters();
  private final SenderQueue senders = new SenderQueue();
  private final SentMessages sent = new SentMessages();
  private final CallHistory calls = new CallHistory();

  /** The task behind this one in its level of the ready queue. */
  @Nullable Task nextReady;

  private TaskState state;
  private LoaderStage stage;
  private UserBuffer arguments;
  private ResumeKind resumeKind = ResumeKind.FRESH;
  private SyscallKind latestCall = SyscallKind.MAP_MEMORY;
  private long result;
  private boolean hasReceived;
  private long stateNanos;
  private long activeNanos;
  private long lowestStack;
  private boolean hasOverflowed;

  /**
   * A task that has not run.
   *
   * @param tid its number
   * @param parent who made it
   * @param priority where it queues
   * @param stack the page of its stack
   */
  public Task(Tid tid, Tid parent, Priority priority, AddressRange stack) {
    this.tid = tid;
    this.parent = parent;
    this.priority = priority;
    this.stack = stack;
    this.state = TaskState.Ready.INSTANCE;
    this.stage = new LoaderStage.Resolving();
    this.arguments = new UserBuffer(stack.end(), 0);
    this.lowestStack = stack.end();
  }

  /** Its number. */
  public Tid tid() {
    return tid;
  }

  /** Who made it; the parent may be gone. */
  public Tid parent() {
    return parent;
  }

  /** Where it queues. */
  public Priority priority() {
    return priority;
  }

  /** The page of its stack. */
  public AddressRange stack() {
    return stack;
  }

  /** The lowest address that its stack is known to have reached. */
  public long lowestStack() {
    return lowestStack;
  }

  /** Its stack is seen to have reached an address that is lower than any before. */
  public void setLowestStack(long address) {
    lowestStack = address;
  }

  /** Whether its stack has been seen to grow out of its page. */
  public boolean hasOverflowed() {
    return hasOverflowed;
  }

  /** Its stack is seen to grow out of its page. */
  public void setOverflowed() {
    hasOverflowed = true;
  }

  /** Its registers while it does not run. */
  public SavedRegisters registers() {
    return registers;
  }

  /** What it does or waits for. */
  public TaskState state() {
    return state;
  }

  /** Changes what it does or waits for, from now on. */
  public void setState(TaskState state, long nowNanos) {
    activeNanos = activeNanos(nowNanos);
    this.state = state;
    stateNanos = nowNanos;
  }

  /** Since when it does what it does, in nanoseconds of virtual time. */
  public long stateNanos() {
    return stateNanos;
  }

  /** How long it has been the one that runs; its kernel entries count. */
  public long activeNanos(long nowNanos) {
    return state instanceof TaskState.Active ? activeNanos + nowNanos - stateNanos : activeNanos;
  }

  /** How far it is with loading its program. */
  public LoaderStage stage() {
    return stage;
  }

  /** Goes on with loading. */
  public void setStage(LoaderStage stage) {
    this.stage = stage;
  }

  /** Its program; empty while it is being loaded and for the idle task. */
  public Optional<LoadedProgram> program() {
    return stage instanceof LoaderStage.InProgram(LoadedProgram program)
        ? Optional.of(program)
        : Optional.empty();
  }

  /** The name of its program for reports; {@code "not loaded yet"} before its loader ran. */
  public String programName() {
    return switch (stage) {
      case LoaderStage.InKernel() -> "idle";
      case LoaderStage.Resolving() -> "not loaded yet";
      case LoaderStage.Placing(var image, var memory) -> image.name();
      case LoaderStage.InProgram(LoadedProgram program) -> program.image().name();
    };
  }

  /** Tid and program for reports, such as {@code tid 3 (clock_server)}. */
  public String label() {
    return tid + " (" + Printable.line(programName()) + ")";
  }

  /** The argument block at the top of its stack. */
  public UserBuffer arguments() {
    return arguments;
  }

  /** Sets the argument block. */
  public void setArguments(UserBuffer arguments) {
    this.arguments = arguments;
  }

  /** Which registers it needs when it runs again. */
  public ResumeKind resumeKind() {
    return resumeKind;
  }

  /** Sets which registers it needs when it runs again. */
  public void setResumeKind(ResumeKind kind) {
    this.resumeKind = kind;
  }

  /** The system call that it made last; a new task's first one is its loader's mmap. */
  public SyscallKind latestCall() {
    return latestCall;
  }

  /** Notes the system call that it makes. */
  public void setLatestCall(SyscallKind call) {
    this.latestCall = call;
  }

  /**
   * What x0 will be when it comes back from its system call. It outlives the call: yield leaves it
   * alone and so gives the result of the call before, and an interrupt stores x0 here
   * (kernel/src/exception.S, interrupt_handler, 9d49562).
   */
  public long result() {
    return result;
  }

  /** Sets what x0 will be. */
  public void setResult(long value) {
    this.result = value;
  }

  /** The system calls that it made last. */
  public CallHistory calls() {
    return calls;
  }

  /** Those who sent to it and wait. */
  public SenderQueue senders() {
    return senders;
  }

  /** Notes that it sends to {@code receiver}. */
  public void noteSentTo(Tid receiver) {
    sent.add(receiver.value());
  }

  /**
   * Notes that it received a message. What it sent before its first message (to register itself
   * with a name server, say) tells nothing about whom it serves.
   */
  public void noteReceived() {
    if (!hasReceived) {
      hasReceived = true;
      sent.clear();
    }
  }

  /** Whether it has sent to {@code receiver}: since its first message, if it ever received one. */
  public boolean hasSentTo(Tid receiver) {
    return sent.contains(receiver.value());
  }

  /** Whether it ever received a message. */
  public boolean hasReceived() {
    return hasReceived;
  }

  @Override
  public String toString() {
    return label();
  }
}
