package dev.roundhouse.emulator.conformance.script;

import java.util.ArrayList;
import java.util.List;

/** Says what goes into the argument registers of a script's calls, x0 first. */
final class CallArguments {
  private static final int UNKNOWN = -1;

  private final List<Step> steps;
  private final ScriptLayout layout;

  CallArguments(List<Step> steps, ScriptLayout layout) {
    this.steps = steps;
    this.layout = layout;
  }

  /** The arguments of step {@code index}; none if it is no call. */
  List<Argument> of(int index) {
    List<Argument> arguments = new ArrayList<>();
    switch (steps.get(index)) {
      case Step.Create(int priority, Message block) -> {
        arguments.add(number(priority));
        add(arguments, block, index);
      }
      case Step.Send(TaskRef to, Message message, Buffer reply) -> {
        arguments.add(task(to, index));
        add(arguments, message, index);
        add(arguments, reply, index);
      }
      case Step.Receive(Buffer tid, Buffer message) -> {
        arguments.add(address(tid, layout.tidWord(index)));
        add(arguments, message, index);
      }
      case Step.Reply(TaskRef to, Message message) -> {
        arguments.add(task(to, index));
        add(arguments, message, index);
      }
      case Step.AwaitEvent(int event) -> arguments.add(number(event));
      default -> addPlain(arguments, index);
    }
    return List.copyOf(arguments);
  }

  /** The arguments of calls that are not about other tasks. */
  private void addPlain(List<Argument> arguments, int index) {
    switch (steps.get(index)) {
      case Step.MapMemory(Buffer target, long bytes) -> {
        arguments.add(address(target, layout.buffer(index)));
        arguments.add(new Argument.Value(bytes));
      }
      case Step.SystemHealth(Buffer target) -> arguments.add(address(target, layout.buffer(index)));
      case Step.EncoderInit(int pinA, int pinB) -> {
        arguments.add(number(pinA));
        arguments.add(number(pinB));
      }
      case Step.EncoderGet(int id, Buffer target) -> {
        arguments.add(number(id));
        arguments.add(address(target, layout.buffer(index)));
      }
      case Step.Print(Message message) -> add(arguments, message, index);
      case Step.Raw raw ->
          raw.registers().forEach(value -> arguments.add(new Argument.Value(value)));
      default -> {
        // The call has no arguments, or the step is no call.
      }
    }
  }

  /** A C int, which the kernel takes from the low half. */
  private static Argument number(int value) {
    return new Argument.Value(Integer.toUnsignedLong(value));
  }

  private void add(List<Argument> arguments, Message message, int index) {
    switch (message) {
      case Message.Text(String bytes) -> {
        arguments.add(new Argument.Own(layout.message(index)));
        arguments.add(new Argument.Value(bytes.length()));
      }
      case Message.At(long address, long length) -> {
        arguments.add(new Argument.Value(address));
        arguments.add(new Argument.Value(length));
      }
    }
  }

  private void add(List<Argument> arguments, Buffer buffer, int index) {
    arguments.add(address(buffer, layout.buffer(index)));
    arguments.add(
        new Argument.Value(
            switch (buffer) {
              case Buffer.Own(int length) -> length;
              case Buffer.At(long address, long length) -> length;
            }));
  }

  private static Argument address(Buffer buffer, int own) {
    return buffer instanceof Buffer.At at
        ? new Argument.Value(at.address())
        : new Argument.Own(own);
  }

  private Argument task(TaskRef task, int index) {
    return switch (task) {
      case TaskRef.Literal(int tid) -> number(tid);
      case TaskRef.Child(int child) -> resultOf(stepOfCreate(child));
      case TaskRef.LatestSender _ -> {
        int step = latest(index, Step.Receive.class);
        yield step >= 0 && ScriptLayout.hasTidWord(steps.get(step))
            ? new Argument.Word(layout.tidWord(step))
            : number(UNKNOWN);
      }
      case TaskRef.Self _ -> resultOf(latest(index, Step.MyTid.class));
      case TaskRef.Parent _ -> resultOf(latest(index, Step.MyParentTid.class));
    };
  }

  private Argument resultOf(int step) {
    return step < 0 ? number(UNKNOWN) : new Argument.Word(layout.result(step));
  }

  private int stepOfCreate(int child) {
    int seen = 0;
    for (int step = 0; step < steps.size(); step++) {
      if (steps.get(step) instanceof Step.Create && seen++ == child) {
        return step;
      }
    }
    return -1;
  }

  private int latest(int before, Class<? extends Step> kind) {
    int step = before - 1;
    while (step >= 0 && !kind.isInstance(steps.get(step))) {
      step--;
    }
    return step;
  }
}
