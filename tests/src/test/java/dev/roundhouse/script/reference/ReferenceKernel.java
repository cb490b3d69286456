package dev.roundhouse.script.reference;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Observation.Entry.Interrupted;
import dev.roundhouse.emulator.conformance.script.Observation.Woken;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.emulator.conformance.script.Step;
import dev.roundhouse.script.reference.ReferenceTask.Seen;
import dev.roundhouse.script.reference.ReferenceTask.Stage;
import dev.roundhouse.script.reference.ReferenceTask.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The rules of the kernel over plain lists. */
final class ReferenceKernel {
  private static final int LOWEST_PRIORITY = 20;
  private static final int MOST_ENCODERS = 2;
  private static final int TIMER = 97;
  private static final int UART = 153;
  private static final int EVENT_SHIFT = 16;
  private static final List<Integer> UARTS = List.of(0, 2, 3, 4, 5);
  private static final int LARGEST_CALL = 14;
  private static final int NO_SUCH_TASK = -1;
  private static final int NOT_REPLY_BLOCKED = -2;
  private static final int FAILED = -2;
  private static final int COUNTERS_BYTES = 40;

  final List<ReferenceTask> tasks = new ArrayList<>();

  /** Those who could run, in the order in which they began to. */
  final List<ReferenceTask> ready = new ArrayList<>();

  /** Those who wait for events, in the order in which they began to. */
  private final List<ReferenceTask> waiters = new ArrayList<>();

  final StringBuilder printed = new StringBuilder();
  Optional<EndKind> end = Optional.empty();
  private final Rules rules;
  private final ScriptedSystem system;
  private int encoders;

  /** Descriptors of exited tasks, which are used first: a mailbox is left in them. */
  private int leftOver;

  ReferenceKernel(Rules rules, ScriptedSystem system) {
    this.rules = rules;
    this.system = system;
    tasks.add(new ReferenceTask(0, 0, LOWEST_PRIORITY, ""));
    ready.add(newTask(0, 0, "PROGRAM\0user_entry\0"));
    ready.add(newTask(0, 0, "PROGRAM\0name_server\0"));
  }

  private ReferenceTask newTask(int parent, int priority, String arguments) {
    ReferenceTask task = new ReferenceTask(tasks.size(), parent, priority, arguments);
    tasks.add(task);
    return task;
  }

  /** The highest priority runs; within a priority, who is ready longest. */
  ReferenceTask takeNext() {
    ReferenceTask next = ready.getFirst();
    for (ReferenceTask task : ready) {
      if (task.priority < next.priority) {
        next = task;
      }
    }
    ready.remove(next);
    return next;
  }

  /** The loader asks for memory: a call like any other. */
  void load(ReferenceTask task) {
    String name = programOf(task.arguments);
    Optional<Script> script = system.program(name);
    if (script.isEmpty()) {
      end = Optional.of(EndKind.CANNOT_LOAD);
      return;
    }
    task.script = script.get();
    task.stage = Stage.ENTERS_PROGRAM;
    ready.add(task);
  }

  /** The value of the last PROGRAM key. */
  private static String programOf(String arguments) {
    String[] words = arguments.split("\0", -1);
    String program = "";
    for (int key = 0; key + 1 < words.length; key += 2) {
      program = words[key].equals("PROGRAM") ? words[key + 1] : program;
    }
    return program;
  }

  /** Wakes all who wait for what is served, and queues whom it interrupted behind them. */
  List<Woken> interrupt(Interrupted seen) {
    List<Woken> woken = new ArrayList<>();
    for (int id : seen.served()) {
      if (id == TIMER) {
        wake(TIMER << EVENT_SHIFT, 0, woken);
      } else if (id == UART) {
        UARTS.forEach(uart -> wakeUart((UART << EVENT_SHIFT) + uart, seen.woken(), woken));
      }
    }
    return woken;
  }

  /** Which UART it was, and its status, only the board knows: it is taken from what was seen. */
  private void wakeUart(int event, List<Woken> seen, List<Woken> woken) {
    for (Woken each : seen) {
      if (isWaiting(each.tid(), event)) {
        wake(event, each.value(), woken);
        return;
      }
    }
  }

  private boolean isWaiting(int tid, int event) {
    return waiters.stream().anyMatch(task -> task.tid == tid && task.awaited == event);
  }

  private void wake(int event, long value, List<Woken> woken) {
    for (ReferenceTask task : List.copyOf(waiters)) {
      if (task.awaited == event) {
        waiters.remove(task);
        goesOn(task, value);
        woken.add(new Woken(task.tid, value));
      }
    }
  }

  /** The task makes the system call of its step {@code index}. */
  void call(ReferenceTask caller, int index) {
    if (index == caller.steps().size()) {
      exit(caller);
      return;
    }
    Step step = caller.steps().get(index);
    caller.seen.add(new Seen(index, bufferOf(step)));
    switch (step) {
      case Step.Send send -> send(caller, send);
      case Step.Receive _ -> receive(caller);
      case Step.Reply reply -> reply(caller, reply);
      case Step.Create create -> create(caller, create);
      case Step.Exit _ -> exit(caller);
      case Step.AwaitEvent(int event) -> awaitEvent(caller, event);
      case Step.Quit _ -> end = Optional.of(EndKind.QUIT);
      default -> plainCall(caller, step);
    }
  }

  private void awaitEvent(ReferenceTask caller, int event) {
    int uart = event - (UART << EVENT_SHIFT);
    boolean wakes = event == TIMER << EVENT_SHIFT || UARTS.contains(uart);
    if (!wakes && rules.unknownEventsFail()) {
      goesOn(caller, -1);
      return;
    }
    caller.state = State.EVENT_BLOCKED;
    caller.awaited = event;
    waiters.add(caller);
  }

  private void goesOn(ReferenceTask task, long result) {
    task.returns(result);
    ready.add(task);
  }

  private static Buffer bufferOf(Step step) {
    return switch (step) {
      case Step.Send send -> send.reply();
      case Step.Receive receive -> receive.message();
      case Step.MapMemory map -> map.target();
      case Step.SystemHealth health -> health.target();
      case Step.EncoderGet get -> get.target();
      default -> Buffer.of(0);
    };
  }

  /** A call after which the caller goes on. */
  private void plainCall(ReferenceTask caller, Step step) {
    switch (step) {
      case Step.MyTid _ -> caller.returns(caller.tid);
      case Step.MyParentTid _ -> {
        boolean lives = tasks.get(caller.parent).state != State.EXITED;
        caller.returns(lives ? caller.parent : NO_SUCH_TASK);
      }
      case Step.Yield _ -> {
        boolean isCertain = caller.isLatestCertain;
        caller.returns(caller.latestResult);
        caller.latest().isUncertain = !isCertain;
        caller.isLatestCertain = isCertain;
      }
      case Step.MapMemory map -> storeUncertain(caller, map.target());
      case Step.SystemHealth health -> storeUncertain(caller, health.target());
      case Step.EncoderInit _ ->
          caller.returns(encoders < MOST_ENCODERS ? encoders++ : NO_SUCH_TASK);
      case Step.EncoderGet get -> countersOf(caller, get);
      case Step.Print print -> print(caller, print.message());
      case Step.Raw raw when raw.number() > LARGEST_CALL -> end = Optional.of(EndKind.KERNEL_CRASH);
      default -> throw new IllegalArgumentException("the reference does not know " + step);
    }
    if (end.isEmpty()) {
      ready.add(caller);
    }
  }

  private void storeUncertain(ReferenceTask caller, Buffer target) {
    if (target instanceof Buffer.At) {
      end = Optional.of(EndKind.BAD_POINTER);
    } else {
      caller.returns(0);
    }
    caller.latest().received.setLength(0);
  }

  private void countersOf(ReferenceTask caller, Step.EncoderGet get) {
    caller.returns(0);
    if (get.id() >= 0 && get.id() < encoders) {
      write(caller, "\0".repeat(COUNTERS_BYTES), COUNTERS_BYTES);
    }
  }

  private void print(ReferenceTask caller, Message message) {
    caller.returns(0);
    if (message instanceof Message.At(long address, long length) && address == 0) {
      printed.append("NULL\r\n");
    } else if (isBad(message, lengthOf(message))) {
      end = Optional.of(EndKind.BAD_POINTER);
    } else {
      printed.append(bytesOf(message));
    }
  }

  private void create(ReferenceTask caller, Step.Create create) {
    boolean isBadPriority = create.priority() < 0 || create.priority() > LOWEST_PRIORITY;
    if (isBadPriority && rules.badPrioritiesMakeNothing()) {
      goesOn(caller, -1);
      return;
    }
    ReferenceTask child = newTask(caller.tid, create.priority(), bytesOf(create.arguments()));
    if (isBadPriority) {
      child.state = State.NEVER_STARTED;
      child.hasMailbox = leftOver > 0;
      goesOn(caller, -1);
    } else if (isBad(create.arguments(), lengthOf(create.arguments()))) {
      end = Optional.of(EndKind.BAD_POINTER);
    } else {
      ready.add(child);
      goesOn(caller, child.tid);
    }
    leftOver = Math.max(0, leftOver - 1);
  }

  private void exit(ReferenceTask caller) {
    caller.state = State.EXITED;
    leftOver++;
    if (rules.exitFailsSends()) {
      List<ReferenceTask> failed = new ArrayList<>(tasks);
      failed.removeIf(task -> task.state != State.REPLY_BLOCKED || task.awaited != caller.tid);
      failed.addAll(caller.senders);
      failed.forEach(task -> goesOn(task, FAILED));
    }
  }

  private Optional<ReferenceTask> find(int tid) {
    return tid >= 0 && tid < tasks.size() && tasks.get(tid).state != State.EXITED
        ? Optional.of(tasks.get(tid))
        : Optional.empty();
  }

  private void send(ReferenceTask caller, Step.Send send) {
    Optional<ReferenceTask> found = find(caller.resolve(send.to()));
    if (found.isEmpty()) {
      goesOn(caller, NO_SUCH_TASK);
      return;
    }
    ReferenceTask receiver = found.get();
    if (receiver == caller && rules.selfSendsFail()) {
      goesOn(caller, FAILED);
      return;
    }
    if (receiver.state == State.RECEIVE_BLOCKED) {
      if (hand(caller, receiver)) {
        caller.state = State.REPLY_BLOCKED;
        caller.awaited = receiver.tid;
        ready.add(receiver);
      }
    } else if (receiver.senders.size() >= rules.mostSenders() || !receiver.hasMailbox) {
      end = Optional.of(EndKind.KERNEL_CRASH);
    } else {
      receiver.senders.add(caller);
      caller.state = State.SEND_BLOCKED;
      caller.awaited = receiver.tid;
    }
  }

  private void receive(ReferenceTask caller) {
    if (caller.senders.isEmpty()) {
      caller.state = State.RECEIVE_BLOCKED;
      return;
    }
    ReferenceTask sender = caller.senders.removeFirst();
    if (hand(sender, caller)) {
      sender.state = State.REPLY_BLOCKED;
      sender.awaited = caller.tid;
      ready.add(caller);
    }
  }

  /** The message goes from a sender's send to a receiver's receive, unless that ends the run. */
  private boolean hand(ReferenceTask sender, ReferenceTask receiver) {
    Message message = ((Step.Send) sender.latestStep()).message();
    Step.Receive receive = (Step.Receive) receiver.latestStep();
    long length = lengthOf(message);
    long copied = Math.min(length, lengthOf(receive.message()));
    boolean leadsNowhere =
        isBad(message, copied)
            || isBad(receive.message(), copied)
            || receive.tid() instanceof Buffer.At;
    if (leadsNowhere) {
      end = Optional.of(EndKind.BAD_POINTER);
      return false;
    }
    receiver.returns(length);
    receiver.latest().sender = OptionalLong.of(sender.tid);
    write(receiver, bytesOf(message), copied);
    return true;
  }

  private void reply(ReferenceTask caller, Step.Reply reply) {
    Optional<ReferenceTask> found = find(caller.resolve(reply.to()));
    if (found.isEmpty() || found.get().state != State.REPLY_BLOCKED) {
      goesOn(caller, found.isEmpty() ? NO_SUCH_TASK : NOT_REPLY_BLOCKED);
      return;
    }
    ReferenceTask sender = found.get();
    Buffer buffer = ((Step.Send) sender.latestStep()).reply();
    long length = lengthOf(reply.message());
    long copied = Math.min(length, lengthOf(buffer));
    if (isBad(reply.message(), copied) || isBad(buffer, copied)) {
      end = Optional.of(EndKind.BAD_POINTER);
      return;
    }
    write(sender, bytesOf(reply.message()), copied);
    goesOn(sender, length);
    goesOn(caller, copied);
  }

  private static void write(ReferenceTask owner, String bytes, long count) {
    owner.latest().received.replace(0, (int) count, bytes.substring(0, (int) count));
  }

  /** Pointers of no task's own lead nowhere in the systems that the reference is asked about. */
  private static boolean isBad(Message message, long bytes) {
    return message instanceof Message.At && bytes > 0;
  }

  private static boolean isBad(Buffer buffer, long bytes) {
    return buffer instanceof Buffer.At && bytes > 0;
  }

  private static long lengthOf(Message message) {
    return switch (message) {
      case Message.Text(String bytes) -> bytes.length();
      case Message.At(long address, long length) -> length;
    };
  }

  private static long lengthOf(Buffer buffer) {
    return switch (buffer) {
      case Buffer.Own(int length) -> length;
      case Buffer.At(long address, long length) -> length;
    };
  }

  private static String bytesOf(Message message) {
    return message instanceof Message.Text(String bytes) ? bytes : "";
  }
}
