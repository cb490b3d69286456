package dev.roundhouse.emulator.conformance.oracle;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.kernel.Decision;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import java.util.Arrays;
import java.util.List;

/** What holds of a kernel's tasks after each entry. Plain code: it is asked very often. */
public final class TaskInvariants {
  private TaskInvariants() {}

  /**
   * Checks the tasks after the kernel has decided.
   *
   * @throws BrokenOracleException if something does not hold
   */
  public static void check(Kernel kernel, Decision decision) {
    if (decision instanceof Decision.End(var why)) {
      // A call that ends the run is left in the middle.
      require(!why.text().isBlank(), "an end has a text", kernel.current());
      return;
    }
    int ready = 0;
    int active = 0;
    int previous = -1;
    for (Task task : kernel.tasks()) {
      require(task.tid().value() > previous, "tids count up", task);
      previous = task.tid().value();
      ready += isIdle(task) || !(task.state() instanceof TaskState.Ready) ? 0 : 1;
      active += isIdle(task) || !(task.state() instanceof TaskState.Active) ? 0 : 1;
      waitsAsItsStateSays(kernel, task);
    }
    Task current = kernel.current();
    require(ready <= kernel.profile().limits().readyTasks(), "ready tasks fit", current);
    switch (decision) {
      case Decision.Run(Task task) -> isTheOneActive(task, current, active);
      case Decision.TakeInterrupt(Task task) -> isTheOneActive(task, current, active);
      case Decision.Idle() ->
          require(
              isIdle(current) && active == 0 && ready == 0, "idle while none is ready", current);
      case Decision.End _ -> {}
    }
    stacksAreApart(kernel);
  }

  private static void isTheOneActive(Task task, Task current, int active) {
    require(task == current && !isIdle(task), "who runs is current", task);
    require(active == 1 && task.state() instanceof TaskState.Active, "one is active", task);
  }

  private static void waitsAsItsStateSays(Kernel kernel, Task task) {
    int most = kernel.profile().limits().queuedSenders();
    require(task.senders().size() <= most, "senders fit", task);
    require(
        task.senders().size() == sendersTo(task, kernel.tasks()),
        "those who are send-blocked on a task, and no others, are queued on it",
        task);
    switch (task.state()) {
      case TaskState.ReceiveBlocked _ ->
          require(task.senders().isEmpty(), "nobody is queued on a task in recv", task);
      case TaskState.Exited _ -> require(false, "an exited task is gone", task);
      case TaskState.Ready _,
          TaskState.Active _,
          TaskState.SendBlocked _,
          TaskState.ReplyBlocked _,
          TaskState.EventBlocked _,
          TaskState.NeverStarted _,
          TaskState.Lost _ -> {}
    }
  }

  private static int sendersTo(Task receiver, List<Task> tasks) {
    int senders = 0;
    for (Task task : tasks) {
      if (task.state() instanceof TaskState.SendBlocked blocked
          && blocked.to().equals(receiver.tid())) {
        senders++;
      }
    }
    return senders;
  }

  private static void stacksAreApart(Kernel kernel) {
    AddressRange pool = kernel.profile().memory().pool();
    List<Task> tasks = kernel.tasks();
    long[] starts = new long[tasks.size()];
    for (int i = 0; i < starts.length; i++) {
      AddressRange stack = tasks.get(i).stack();
      require(pool.contains(stack.start(), stack.length()), "a stack is in the pool", tasks.get(i));
      starts[i] = stack.start();
    }
    Arrays.sort(starts);
    for (int i = 1; i < starts.length; i++) {
      boolean apart = starts[i] - starts[i - 1] >= kernel.profile().memory().pageBytes();
      require(apart, "stacks are apart", tasks.get(i));
    }
  }

  private static boolean isIdle(Task task) {
    return task.tid().value() == 0;
  }

  private static void require(boolean holds, String rule, Object where) {
    if (!holds) {
      throw new BrokenOracleException(rule, where);
    }
  }
}
