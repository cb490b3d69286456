package dev.roundhouse.script.random;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Step;
import dev.roundhouse.emulator.conformance.script.TaskRef;
import java.util.List;
import java.util.SplittableRandom;

/** Makes steps by chance, mostly such as lead somewhere. */
final class RandomStep {
  private static final int TIMER_EVENT = 97 << 16;
  private static final int UART_EVENT = 153 << 16;
  private static final int GPIO_EVENT = 145 << 16;
  private static final long UART = 0xFE20_1000L;
  private static final long UART_SPACING = 0x200;
  private static final int[] UARTS = {0, 3};
  private static final int IMSC = 0x38;
  private static final int RECEIVE_AND_TIMEOUT = 0x50;
  private static final int TRANSMIT = 0x20;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final int MOST_LETTERS = 20;
  private static final int TID_BYTES = 4;
  private static final int ADDRESS_BYTES = 8;
  private static final int COUNTERS_BYTES = 40;
  private static final long[] NOWHERE = {0, 0x1000, 0x8000_0000L, -8, 0x8000_0100L};

  private final SplittableRandom random;

  RandomStep(SplittableRandom random) {
    this.random = random;
  }

  /** One step, or a few that belong together. */
  List<Step> next() {
    int choice = random.nextInt(100);
    if (choice < 24) {
      return List.of(new Step.Send(task(), message(), buffer()));
    } else if (choice < 44) {
      return List.of(receive());
    } else if (choice < 62) {
      return List.of(new Step.Reply(repliesTo(), message()));
    } else if (choice < 70) {
      return List.of(new Step.Yield());
    } else if (choice < 76) {
      return List.of(random.nextBoolean() ? new Step.MyTid() : new Step.MyParentTid());
    } else if (choice < 84) {
      return event();
    } else if (choice < 92) {
      return List.of(new Step.Compute(1 + random.nextInt(1 << random.nextInt(16))));
    } else {
      return List.of(rare());
    }
  }

  private Step receive() {
    Buffer tid = random.nextInt(150) == 0 ? nowhere() : Buffer.of(TID_BYTES);
    return new Step.Receive(tid, buffer());
  }

  /** A wait for an event, mostly one that is armed just before. */
  private List<Step> event() {
    int uart = UARTS[random.nextInt(UARTS.length)];
    long registers = UART + UART_SPACING * uart;
    return switch (random.nextInt(6)) {
      case 0, 1, 2 ->
          List.of(
              new Step.ArmTimer(1 + random.nextInt(1 << random.nextInt(9))),
              new Step.AwaitEvent(TIMER_EVENT));
      case 3 ->
          List.of(
              new Step.Poke(registers + 0x24, 26),
              new Step.Poke(registers + 0x2C, 0x70),
              new Step.Poke(registers + 0x30, 0x301),
              new Step.Poke(registers + IMSC, RECEIVE_AND_TIMEOUT | TRANSMIT),
              new Step.Poke(registers, 'x'),
              new Step.AwaitEvent(UART_EVENT + uart));
      case 4 ->
          List.of(
              new Step.Poke(registers + IMSC, RECEIVE_AND_TIMEOUT),
              new Step.AwaitEvent(UART_EVENT + uart),
              new Step.Peek(registers));
      default -> List.of(new Step.AwaitEvent(random.nextInt(5) == 0 ? GPIO_EVENT : TIMER_EVENT));
    };
  }

  private Step rare() {
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4 -> new Step.Exit();
      case 5, 6, 7, 8 ->
          new Step.MapMemory(
              random.nextInt(60) == 0 ? nowhere() : Buffer.of(ADDRESS_BYTES),
              random.nextInt(3 << 20));
      case 9, 10, 11 -> new Step.SystemHealth(Buffer.of(TID_BYTES));
      case 12, 13 -> new Step.EncoderInit(16 + random.nextInt(4), 20 + random.nextInt(4));
      case 14, 15 -> new Step.EncoderGet(random.nextInt(4) - 1, Buffer.of(COUNTERS_BYTES));
      case 16, 17 -> new Step.Print(message());
      case 18, 19, 20, 21, 22 -> new Step.ReadArguments(new Buffer.Own(random.nextInt(30)));
      default ->
          random.nextBoolean() ? new Step.Quit() : new Step.Raw(15 + random.nextInt(99), List.of());
    };
  }

  private TaskRef task() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> new TaskRef.Child(random.nextInt(3));
      case 3 -> new TaskRef.Parent();
      case 4 -> new TaskRef.LatestSender();
      case 5 -> random.nextInt(8) == 0 ? new TaskRef.Self() : new TaskRef.Literal(1);
      default -> new TaskRef.Literal(random.nextInt(10) - 1);
    };
  }

  private TaskRef repliesTo() {
    return random.nextInt(4) == 0 ? task() : new TaskRef.LatestSender();
  }

  private Message message() {
    if (random.nextInt(120) == 0) {
      return Message.at(
          NOWHERE[random.nextInt(NOWHERE.length)], (long) ADDRESS_BYTES * random.nextInt(2));
    }
    int start = random.nextInt(LETTERS.length());
    int length = Math.min(random.nextInt(MOST_LETTERS), LETTERS.length() - start);
    return Message.text(LETTERS.substring(start, start + length));
  }

  private Buffer buffer() {
    return random.nextInt(120) == 0 ? nowhere() : Buffer.of(random.nextInt(MOST_LETTERS));
  }

  private Buffer nowhere() {
    return Buffer.at(NOWHERE[random.nextInt(NOWHERE.length)], ADDRESS_BYTES);
  }
}
