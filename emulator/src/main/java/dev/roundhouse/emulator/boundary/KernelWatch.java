package dev.roundhouse.emulator.boundary;

import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.cpu.KernelBoundary;
import dev.roundhouse.emulator.cpu.UserRegisters;
import dev.roundhouse.kernel.abi.ArgumentShape;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallShape;
import dev.roundhouse.kernel.abi.CallShape.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells what a booted kernel does, by what crosses its boundary. */
public final class KernelWatch implements KernelBoundary {
  private static final int CLASS_SHIFT = 26;
  private static final int SVC = 0x15;
  private static final int IMMEDIATE_MASK = 0xffff;
  private static final int INSTRUCTION_BYTES = 4;
  private static final int LR = 30;
  private static final int FP = 29;

  /** Of a call of which nothing is known: arguments, and where some kernels have its number. */
  private static final List<Integer> TOLD_OF_UNKNOWN = List.of(0, 1, 2, 3, 4, 8);

  private final CallAbi abi;
  private final TraceSink sink;
  private final Time time;
  private final CallDecoder decoder;
  private final TaskTracker tasks;
  private final SortedMap<Long, Open> open = new TreeMap<>();
  private @Nullable TrackedTask active;
  private @Nullable UserRegisters entering;

  /** What time it is. */
  @FunctionalInterface
  public interface Time {
    /** Virtual nanoseconds, without instructions that are counted but not executed. */
    long nanos(int uncountedInstructions);
  }

  /** A call that has not returned, of the task that left with a stack pointer. */
  private record Open(CallShape shape, List<GivenArgument> given, Optional<TrackedTask> made) {}

  /** A watch over a kernel that has not run yet. */
  public KernelWatch(CallAbi abi, TraceSink sink, UserBytes memory, Time time) {
    this.abi = abi;
    this.sink = sink;
    this.time = time;
    decoder = new CallDecoder(memory);
    tasks = new TaskTracker(abi);
  }

  private void tell(KernelStep step) {
    sink.emit(time.nanos(0), step);
  }

  /** What the task has in its registers that enters the kernel now; empty at other times. */
  public Optional<UserRegisters> entering() {
    return Optional.ofNullable(entering);
  }

  @Override
  public void entered(int syndrome, UserRegisters user) {
    entering = user;
    tellOfEntry(syndrome, user);
    entering = null;
  }

  private void tellOfEntry(int syndrome, UserRegisters user) {
    boolean isCall = syndrome >>> CLASS_SHIFT == SVC;
    TrackedTask task = leaving(user, isCall ? user.pc() - INSTRUCTION_BYTES : user.pc());
    if (isCall) {
      called(task, syndrome & IMMEDIATE_MASK, user);
    } else {
      tell(new KernelStep.Faulted(task, syndrome, user.pc()));
    }
  }

  private TrackedTask leaving(UserRegisters user, long pc) {
    TrackedTask task = active;
    if (task == null) {
      throw new IllegalStateException("EL0 is left and was not entered");
    }
    active = null;
    long sp = user.sp();
    task.leaves(new TrackedTask.Left(pc, user.general(LR), user.general(FP), sp));
    tasks.leaves(task, sp);
    return task;
  }

  private void called(TrackedTask task, int immediate, UserRegisters user) {
    CallShape shape =
        abi.call(immediate, user::general).orElseGet(() -> unknown(number(immediate, user)));
    if (task.callsFirst() && abi.tasks().loaderCall().filter(shape.name()::equals).isPresent()) {
      shape = CallAbi.LOADER_CALL;
    }
    List<GivenArgument> given = decoder.given(shape, user::general);
    tell(new KernelStep.Called(task, shape.name(), given));
    Optional<TrackedTask> made = Optional.empty();
    if (shape.role() == Role.EXIT) {
      tell(new KernelStep.Exited(task));
      var _ = tasks.comesBack(user.sp());
      return;
    }
    if (shape.role() == Role.CREATE) {
      made = Optional.of(tasks.made(priority(given)));
      made.get().madeBy(given);
    }
    open.put(user.sp(), new Open(shape, given, made));
  }

  private long number(int immediate, UserRegisters user) {
    int register = abi.numberRegister();
    return register == CallAbi.IMMEDIATE ? immediate : user.general(register);
  }

  private static CallShape unknown(long number) {
    List<ArgumentShape> arguments = new ArrayList<>();
    for (int n : TOLD_OF_UNKNOWN) {
      arguments.add(new ArgumentShape("x" + n, ArgumentShape.Kind.ANY, n, 0));
    }
    return new CallShape("svc " + number, Role.PLAIN, arguments, CallShape.Result.INT);
  }

  private static int priority(List<GivenArgument> given) {
    for (GivenArgument argument : given) {
      if (argument.kind() == ArgumentShape.Kind.PRIORITY) {
        return (int) argument.value();
      }
    }
    return 0;
  }

  @Override
  public void interrupted(UserRegisters user) {
    entering = user;
    tell(new KernelStep.Interrupted(leaving(user, user.pc())));
    entering = null;
  }

  @Override
  public void left(UserRegisters user, int blockInstructions) {
    long sp = user.sp();
    long now = time.nanos(blockInstructions);
    if (!tasks.knows(sp)) {
      TrackedTask task = tasks.starts();
      active = task;
      task.startsAt(user.pc());
      sink.emit(now, new KernelStep.Started(task));
      sink.emit(now, new KernelStep.Dispatched(task));
      return;
    }
    TrackedTask task = tasks.comesBack(sp);
    active = task;
    sink.emit(now, new KernelStep.Dispatched(task));
    Open call = open.remove(sp);
    if (call != null) {
      returned(now, task, call, user);
    }
  }

  private void returned(long now, TrackedTask task, Open call, UserRegisters user) {
    int result = (int) user.general(0);
    if (call.made.isPresent()) {
      TrackedTask child = call.made.get();
      tasks.told(child, result);
      if (result >= 0) {
        sink.emit(now, new KernelStep.Created(child, task, priority(call.given)));
      }
    } else if (call.shape.role() == Role.MY_TID && result >= 0) {
      task.learnTid(result);
    }
    sink.emit(
        now,
        new KernelStep.Returned(
            task,
            call.shape.name(),
            result,
            call.shape.result() == CallShape.Result.INT,
            decoder.answers(call.shape, call.given, user::general)));
  }
}
