package dev.roundhouse.emulator.conformance.cases;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a program, named as the system calls are. A call that stores something where a
 * pointer leads stores it to own bytes unless a pointer is there.
 */
public final class StepReader {
  private static final int TID_BYTES = 4;
  private static final int ADDRESS_BYTES = 8;
  private static final int HEALTH_BYTES = 4;
  private static final int COUNTERS_BYTES = 40;

  private StepReader() {}

  /**
   * A program.
   *
   * @param steps with {@code ;} between them
   */
  public static Script script(String name, String steps) {
    return new Script(name, StepWords.ofEach(steps).stream().map(StepReader::whole).toList());
  }

  private static Step whole(StepWords words) {
    Step step = step(words);
    if (words.hasNext()) {
      throw new IllegalArgumentException("too many words from " + words.next() + " on");
    }
    return step;
  }

  private static Step step(StepWords words) {
    return switch (words.next()) {
      case "exit" -> new Step.Exit();
      case "yield" -> new Step.Yield();
      case "create" -> new Step.Create(words.integer(), words.arguments());
      case "my_tid" -> new Step.MyTid();
      case "my_parent_tid" -> new Step.MyParentTid();
      case "send" -> new Step.Send(words.task(), words.message(), words.buffer());
      case "recv" -> receive(words.buffer(), words);
      case "reply" -> new Step.Reply(words.task(), words.message());
      case "await_event" -> new Step.AwaitEvent(words.integer());
      case "mmap" -> mapMemory(words.number(), words);
      case "sys_health" -> new Step.SystemHealth(words.bufferOr(HEALTH_BYTES));
      case "encoder_init" -> new Step.EncoderInit(words.integer(), words.integer());
      case "encoder_get" -> new Step.EncoderGet(words.integer(), words.bufferOr(COUNTERS_BYTES));
      case "print" -> new Step.Print(words.message());
      case "quit" -> new Step.Quit();
      case "svc" -> anyCall(words.integer(), words);
      case "compute" -> new Step.Compute(words.integer());
      case "poke" -> new Step.Poke(words.number(), words.integer());
      case "peek" -> new Step.Peek(words.number());
      case "arm_timer" -> new Step.ArmTimer(words.integer());
      case "read_arguments" -> new Step.ReadArguments(new Buffer.Own(words.integer()));
      case String other -> throw new IllegalArgumentException("no step " + other);
    };
  }

  /** {@code recv [TID] MESSAGE}. */
  private static Step receive(Buffer first, StepWords words) {
    return words.hasNext()
        ? new Step.Receive(first, words.buffer())
        : new Step.Receive(Buffer.of(TID_BYTES), first);
  }

  /** {@code mmap BYTES [TARGET]}. */
  private static Step mapMemory(long bytes, StepWords words) {
    return new Step.MapMemory(words.bufferOr(ADDRESS_BYTES), bytes);
  }

  /** {@code svc NUMBER [X0 [X1 ...]]}. */
  private static Step anyCall(int number, StepWords words) {
    List<Long> registers = new ArrayList<>();
    while (words.hasNext()) {
      registers.add(words.number());
    }
    return new Step.Raw(number, registers);
  }
}
