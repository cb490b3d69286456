package dev.roundhouse.emulator.trackserver;

import dev.roundhouse.devices.train.box.BoxCommand;
import dev.roundhouse.devices.train.box.CommandDecoder;
import dev.roundhouse.emulator.lines.OutputQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/**
 * A client that speaks bytes: its commands that wait for the box, and the box's answers on their
 * way to it.
 */
final class SerialClient implements TrackClient {
  private static final int SOLENOID_OFF = 32;
  private static final int TURNOUT_STRAIGHT = 33;
  private static final int TURNOUT_CURVED = 34;
  private static final int LOCOMOTIVES = 80;
  private static final int NO_TURNOUT = -1;

  private final OutputQueue answers;
  private final Semaphore room;
  private final Deque<String> unread = new ArrayDeque<>();
  private final Deque<Command> waiting = new ArrayDeque<>();
  private final CommandDecoder decoder = new CommandDecoder();
  private int firstByte;
  private int lastTurnout = NO_TURNOUT;
  private boolean isAfterOff;
  private boolean hasLeft;
  private int kept;

  /** A whole command as its bytes; {@code second} is negative in one of a single byte. */
  record Command(SerialClient from, BoxCommand meaning, int first, int second) {
    static final int NONE = -1;

    int bytes() {
      return second == NONE ? 1 : 2;
    }
  }

  SerialClient(OutputQueue answers, int mostWaiting) {
    this.answers = answers;
    room = new Semaphore(mostWaiting);
  }

  @Override
  public OutputQueue answers() {
    return answers;
  }

  @Override
  public void awaitRoom(int bytes) throws InterruptedException {
    room.acquire(bytes);
  }

  @Override
  public void take(String bytes) {
    unread.add(bytes);
    kept += bytes.length();
  }

  /**
   * Makes commands of bytes that were sent together.
   *
   * <p>Some clients send the turnout's number after 32, which takes none. A box waits for the rest
   * of the command that it seems to begin. Here that number is dropped when nothing comes with it
   * that could be that rest. The next turnout's command is not: 33 and 34 begin it.
   *
   * @param bytes a character for each
   */
  private void read(String bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      int value = bytes.charAt(i);
      boolean isStray =
          isAfterOff && value == lastTurnout && !decoder.isHalfWay() && !isGoneOnWith(bytes, i + 1);
      isAfterOff = value == SOLENOID_OFF && !decoder.isHalfWay();
      if (isStray) {
        give(1);
      } else {
        take(value);
      }
    }
  }

  /** Whether the byte before {@code next} can be a speed and the one there its locomotive. */
  private static boolean isGoneOnWith(String bytes, int next) {
    return next < bytes.length()
        && bytes.charAt(next - 1) < SOLENOID_OFF
        && bytes.charAt(next) >= 1
        && bytes.charAt(next) <= LOCOMOTIVES
        && bytes.charAt(next) != TURNOUT_STRAIGHT
        && bytes.charAt(next) != TURNOUT_CURVED;
  }

  private void take(int value) {
    boolean isSecond = decoder.isHalfWay();
    var meaning = decoder.take(value);
    if (meaning.isEmpty()) {
      firstByte = value;
      return;
    }
    waiting.add(
        isSecond
            ? new Command(this, meaning.get(), firstByte, value)
            : new Command(this, meaning.get(), value, Command.NONE));
    if (isSecond && meaning.get() instanceof BoxCommand.Turnout) {
      lastTurnout = value;
    }
  }

  /** It is gone: what it wanted to read nobody wants to know, what it wanted done is still done. */
  void leave() {
    hasLeft = true;
    waiting.removeIf(this::isRead);
  }

  @Override
  public int drop() {
    int dropped = kept;
    waiting.clear();
    unread.clear();
    give(dropped);
    return dropped;
  }

  /** Whether it is gone and all that it wanted is done. */
  boolean isOver() {
    return hasLeft && !hasNext();
  }

  boolean hasNext() {
    decode();
    return !waiting.isEmpty();
  }

  private void decode() {
    while (waiting.isEmpty() && !unread.isEmpty()) {
      read(unread.remove());
      if (hasLeft) {
        waiting.removeIf(this::isRead);
      }
    }
  }

  private boolean isRead(Command command) {
    boolean isRead = command.meaning() instanceof BoxCommand.ReadSensors;
    if (isRead) {
      give(command.bytes());
    }
    return isRead;
  }

  private void give(int bytes) {
    kept -= bytes;
    room.release(bytes);
  }

  /** Its next command to the box. */
  Command next() {
    decode();
    Command next = waiting.remove();
    give(next.bytes());
    return next;
  }

  /** A byte from the box. */
  void answer(int value) {
    if (!hasLeft) {
      answers.put(value);
      answers.flush();
    }
  }
}
