package dev.roundhouse.emulator.conformance.script;

import java.util.ArrayList;
import java.util.List;

/**
 * A program that does one step after the other and then returns.
 *
 * <p>Immutable: each of the methods named after a call gives a script with one more step.
 *
 * @param name the name by which tasks ask for the program
 * @param steps what it does
 */
public record Script(String name, List<Step> steps) {
  private static final int TID_BYTES = 4;
  private static final int ADDRESS_BYTES = 8;

  /** Checks the name and how many steps there are, and copies the steps. */
  public Script {
    steps = List.copyOf(steps);
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a program's name has at least one character, none NUL");
    }
    if (steps.size() > ScriptLimits.STEPS) {
      throw new IllegalArgumentException(
          "%s has %d steps, more than %d".formatted(name, steps.size(), ScriptLimits.STEPS));
    }
  }

  /** A program without steps: it only returns. */
  public static Script of(String name) {
    return new Script(name, List.of());
  }

  /** The argument block that asks for a program, with more keys and values behind it. */
  public static Message arguments(String program, String... keysAndValues) {
    StringBuilder block = new StringBuilder("PROGRAM\0").append(program).append('\0');
    for (String word : keysAndValues) {
      block.append(word).append('\0');
    }
    return Message.text(block.toString());
  }

  /** With one more step. */
  public Script step(Step step) {
    List<Step> more = new ArrayList<>(steps);
    more.add(step);
    return new Script(name, more);
  }

  /** With all steps of {@code repeated} {@code times} times. */
  public Script repeat(int times, Script repeated) {
    List<Step> more = new ArrayList<>(steps);
    for (int time = 0; time < times; time++) {
      more.addAll(repeated.steps);
    }
    return new Script(name, more);
  }

  /** exit. */
  public Script exit() {
    return step(new Step.Exit());
  }

  /** yield. */
  public Script yieldNow() {
    return step(new Step.Yield());
  }

  /** create of a program that is known by name. */
  public Script create(int priority, String program) {
    return step(new Step.Create(priority, arguments(program)));
  }

  /** create with any argument block. */
  public Script create(int priority, Message arguments) {
    return step(new Step.Create(priority, arguments));
  }

  /** my_tid. */
  public Script myTid() {
    return step(new Step.MyTid());
  }

  /** my_parent_tid. */
  public Script myParentTid() {
    return step(new Step.MyParentTid());
  }

  /** send of own bytes, with room for a reply. */
  public Script send(TaskRef to, String message, int replyBuffer) {
    return send(to, Message.text(message), Buffer.of(replyBuffer));
  }

  /** send. */
  public Script send(TaskRef to, Message message, Buffer reply) {
    return step(new Step.Send(to, message, reply));
  }

  /** recv into own bytes. */
  public Script receive(int buffer) {
    return receive(Buffer.of(TID_BYTES), Buffer.of(buffer));
  }

  /** recv. */
  public Script receive(Buffer tid, Buffer message) {
    return step(new Step.Receive(tid, message));
  }

  /** reply of own bytes. */
  public Script reply(TaskRef to, String message) {
    return reply(to, Message.text(message));
  }

  /** reply. */
  public Script reply(TaskRef to, Message message) {
    return step(new Step.Reply(to, message));
  }

  /** await_event. */
  public Script awaitEvent(int event) {
    return step(new Step.AwaitEvent(event));
  }

  /** mmap of {@code bytes}, the address going to own bytes. */
  public Script mapMemory(long bytes) {
    return step(new Step.MapMemory(Buffer.of(ADDRESS_BYTES), bytes));
  }

  /** print_raw of own bytes. */
  public Script print(String text) {
    return step(new Step.Print(Message.text(text)));
  }

  /** quit. */
  public Script quit() {
    return step(new Step.Quit());
  }

  /** A loop of {@code turns} turns, two nanoseconds each. */
  public Script compute(int turns) {
    return step(new Step.Compute(turns));
  }

  /** Stores a word to a device. */
  public Script poke(long address, int value) {
    return step(new Step.Poke(address, value));
  }

  /** Loads a word from a device. */
  public Script peek(long address) {
    return step(new Step.Peek(address));
  }

  /** Sets the system timer's compare 1 to so much later. */
  public Script armTimer(int micros) {
    return step(new Step.ArmTimer(micros));
  }

  /** Copies the start of the argument block. */
  public Script readArguments(int buffer) {
    return step(new Step.ReadArguments(new Buffer.Own(buffer)));
  }
}
