package dev.roundhouse.devices.train.box;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Understands what goes over a box's line, byte by byte and in both directions, by the command list
 * of the Märklin digital interface 6050/6051. It acts on nothing.
 *
 * <p>Contacts of modules 1 to 26 are named as the University of Waterloo does, bank A to Z and 1 to
 * 16; those of further modules by numbers, as in 27.3.
 */
public final class BoxDialogue {
  /** Answers that a client may owe itself; more are not kept. */
  private static final int MOST_AWAITED = 1 << 12;

  private static final int BANKS = 26;
  private static final int BITS_OF_BYTE = 8;
  private static final int FIRST_ADDRESSED_FUNCTION = 64;
  private static final int FIRST_TURNOUT = 33;
  private static final int REVERSE = 15;
  private static final int LEVELS = 16;

  private final CommandDecoder decoder = new CommandDecoder();
  private final Deque<Half> awaited = new ArrayDeque<>();

  /** One byte of an answer: the module and the contact of its most significant bit. */
  private record Half(int module, int firstContact) {}

  /** A dialogue that begins. */
  public BoxDialogue() {}

  /** Whether the first byte of a command has gone to the box and its address has not. */
  public boolean isHalfWay() {
    return decoder.isHalfWay();
  }

  /** How many bytes the box still owes as answers. */
  public int awaitedBytes() {
    return awaited.size();
  }

  /** Forgets answers that have not come and never will. */
  public void forgetAnswer() {
    awaited.clear();
  }

  /** Forgets half-sent commands and answers that have not come: the line was interrupted. */
  public void forget() {
    decoder.forget();
    awaited.clear();
  }

  /**
   * A byte goes to the box.
   *
   * @param value 0 to 255
   * @return what it means
   */
  public String toBox(int value) {
    return decoder.take(value).map(this::complete).orElseGet(() -> firstByte(value));
  }

  private String complete(BoxCommand command) {
    if (command instanceof BoxCommand.ReadSensors(int first, int last)
        && awaited.size() < MOST_AWAITED) {
      for (int module = first; module <= last; module++) {
        awaited.add(new Half(module, 1));
        awaited.add(new Half(module, 1 + BITS_OF_BYTE));
      }
    }
    return command.text();
  }

  private static String firstByte(int value) {
    if (value >= FIRST_ADDRESSED_FUNCTION) {
      return "functions; the train follows";
    }
    if (value >= FIRST_TURNOUT) {
      return (value == FIRST_TURNOUT ? "straight" : "curved") + "; the turnout follows";
    }
    int level = value % LEVELS;
    return (level == REVERSE ? "change direction" : "speed " + level) + "; the train follows";
  }

  /**
   * A byte comes from the box.
   *
   * @param value 0 to 255
   * @return what it means
   */
  public String fromBox(int value) {
    Half half = awaited.poll();
    if (half == null) {
      return "nothing was asked";
    }
    StringBuilder text =
        new StringBuilder(
            "module %d, contacts %d to %d:"
                .formatted(half.module, half.firstContact, half.firstContact + BITS_OF_BYTE - 1));
    for (int bit = 0; bit < BITS_OF_BYTE; bit++) {
      if ((value >>> (BITS_OF_BYTE - 1 - bit) & 1) == 1) {
        text.append(' ').append(name(half.module, half.firstContact + bit));
      }
    }
    return value == 0 ? text.append(" none").toString() : text.toString();
  }

  private static String name(int module, int contact) {
    return module <= BANKS
        ? (char) ('A' + module - 1) + Integer.toString(contact)
        : module + "." + contact;
  }
}
