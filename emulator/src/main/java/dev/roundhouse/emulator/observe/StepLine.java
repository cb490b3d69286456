package dev.roundhouse.emulator.observe;

import dev.roundhouse.emulator.calls.GivenArgument;
import dev.roundhouse.emulator.calls.KernelStep;
import dev.roundhouse.emulator.calls.TrackedTask;

/** Writes what is seen of a booted kernel, in the words of the kernel model's events. */
final class StepLine {
  private StepLine() {}

  static void put(JsonLine json, KernelStep step) {
    var _ =
        switch (step) {
          case KernelStep.Started(var task) -> about(json, "started", task);
          case KernelStep.Dispatched(var task) -> about(json, "dispatched", task);
          case KernelStep.Interrupted(var task) -> about(json, "interrupted", task);
          case KernelStep.Exited(var task) -> about(json, "exited", task);
          case KernelStep.Created(var task, var parent, int priority) ->
              about(json, "created", task)
                  .number("parent", parent.tid())
                  .number("priority", priority);
          case KernelStep.Called called -> call(json, called);
          case KernelStep.Returned returned ->
              about(json, "returned", returned.task())
                  .text("call", returned.call())
                  .number("result", returned.result());
          case KernelStep.Faulted(var task, int syndrome, long pc) ->
              about(json, "exception", task)
                  .address("esr", Integer.toUnsignedLong(syndrome))
                  .address("pc", pc);
        };
  }

  private static JsonLine about(JsonLine json, String event, TrackedTask task) {
    return json.text("e", event).number("tid", task.tid());
  }

  private static JsonLine call(JsonLine json, KernelStep.Called called) {
    about(json, "call", called.task()).text("call", called.call());
    for (GivenArgument argument : called.arguments()) {
      if (argument.isNumber()) {
        json.number(argument.name(), argument.number());
      } else if (argument.isText()) {
        json.text(argument.name(), argument.content());
      } else {
        json.address(argument.name(), argument.value());
        if (argument.hasLength()) {
          json.number(argument.name() + "_bytes", argument.length());
        }
      }
    }
    return json;
  }
}
