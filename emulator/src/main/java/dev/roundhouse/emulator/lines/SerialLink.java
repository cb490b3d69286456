package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.train.box.BoxDialogue;
import dev.roundhouse.emulator.platform.SerialConnection;
import dev.roundhouse.emulator.process.Notices;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A real serial line to an interface box, one step at a time: no thread and no clock of its own.
 *
 * <p>A byte waits until the box is clear to send, and counts as taken when the box is clear again
 * after it. A line on which clear to send stays away for a second, or whose port is lost, is
 * interrupted: when it is back, stop goes out first, then the interrupted command again from its
 * first byte (unless it was go), then what waits. Two stops in a row, because a box that waits for
 * an address takes the first one for that.
 */
final class SerialLink implements GuardedLink.Link {
  static final int STOP = 97;
  private static final int GO = 96;
  static final long FRAME = SerialFormat.MARKLIN.frameNanos();

  /** Clear to send that falls for a shorter time than we look is not seen: after command 192. */
  static final long EDGE_MISSED = 30_000_000;

  /** Between bytes when the line has no clear to send. */
  static final long GAP = 10_000_000;

  static final long DOWN_AFTER = 1_000_000_000;
  static final long RETRY = 200_000_000;

  /** An answer has come to its end or never will. */
  static final long ANSWER_OVER = 250_000_000;

  private static final long NEVER = Long.MAX_VALUE;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int CHUNK_BYTES = 256;

  /** Opens the port again. */
  @FunctionalInterface
  interface Opener {
    SerialConnection open() throws IOException;
  }

  /** The program at this end of the line. */
  interface Program {
    /** Its next byte to the box, if it has sent one. */
    OptionalInt next();

    /** Whether it has sent one. */
    boolean hasNext();

    /** A byte, of its own or another one, leaves for the box. */
    default void sent(int value) {
      // Only who shows the line wants to know.
    }

    /** A byte has come for it. */
    void received(int value);

    /** What it is to see of clear to send, when so many of its bytes were taken. */
    void clearToSend(Signal state, long taken);
  }

  /** Who is at the ends of the line, and how it is used. */
  record Ends(String name, Opener port, Program program, Notices notices) {}

  private final Ends ends;
  private final SerialSettings settings;
  private final CommandFilter filter;
  private final BoxDialogue box = new BoxDialogue();
  private final byte[] chunk = new byte[CHUNK_BYTES];

  /** What goes out before anything else: stops, and a command that was interrupted. */
  private final Deque<Integer> urgent = new ArrayDeque<>();

  /** What has been sent of the present command. */
  private final List<Integer> command = new ArrayList<>();

  private @Nullable SerialConnection connection;
  private boolean isClear;
  private boolean isDown;
  private boolean isSending;
  private boolean sawFall;
  private boolean isClosing;
  private boolean isHasteTold;
  private long lowSince = NEVER;
  private long sentAt;
  private long heardAt;
  private long notBefore;
  private long nextTry;
  private int readCommand;
  private int answerBytes;
  private int bytesToSkip;
  private long taken;
  private long reportedTaken;
  private Signal reported = Signal.ASSERTED;

  SerialLink(Ends ends, SerialSettings settings, SerialConnection connection) {
    this.ends = ends;
    this.settings = settings;
    this.connection = connection;
    filter = new CommandFilter(ends.name(), settings, ends.notices());
  }

  @Override
  public void step(long now) {
    SerialConnection line = connection;
    if (line == null) {
      line = tryAgain(now);
    }
    if (line != null) {
      try {
        receive(line, now);
        watch(line, now);
        send(line, now);
      } catch (IOException e) {
        lose(line, e, now);
      }
    }
    report(now);
  }

  private void receive(SerialConnection line, long now) throws IOException {
    int count = line.read(chunk);
    for (int i = 0; i < count; i++) {
      int value = Byte.toUnsignedInt(chunk[i]);
      heardAt = now;
      box.fromBox(value);
      if (bytesToSkip > 0) {
        bytesToSkip--;
      } else {
        ends.program().received(value);
      }
    }
    if (box.awaitedBytes() > 0 && now - heardAt > ANSWER_OVER) {
      box.forgetAnswer();
      bytesToSkip = 0;
    }
  }

  private void watch(SerialConnection line, long now) {
    isClear = settings.clearToSend() == SerialSettings.ClearToSend.IGNORE || line.isClearToSend();
    if (isClear) {
      lowSince = NEVER;
      if (isDown) {
        isDown = false;
        resume("clear to send is back");
      }
    } else {
      sawFall = true;
      lowSince = Math.min(lowSince, now);
      if (!isDown && now - lowSince > DOWN_AFTER) {
        isDown = true;
        interrupt();
        say("not clear to send for a second: is the box on and its cable plugged in?");
      }
    }
    if (isSending && isClear && now - sentAt >= frameTime()) {
      isSending = false;
      if (!box.isHalfWay()) {
        command.clear();
      }
    }
  }

  private long frameTime() {
    if (settings.clearToSend() == SerialSettings.ClearToSend.IGNORE) {
      return FRAME + GAP;
    }
    return sawFall ? FRAME : FRAME + EDGE_MISSED;
  }

  private void send(SerialConnection line, long now) throws IOException {
    boolean mayNot = isSending || !isClear || isDown;
    if (isSending && ends.program().hasNext() && !isHasteTold && !isClosing) {
      isHasteTold = true;
      say(
          "the program sends before the box is clear: on the chip that byte is lost, here it waits");
    }
    if (mayNot) {
      return;
    }
    Integer first = urgent.peek();
    if (first != null) {
      if (box.awaitedBytes() == 0) {
        urgent.remove();
        put(line, first, now);
      }
    } else if (!isClosing && now >= notBefore) {
      OptionalInt next = ends.program().next();
      if (next.isPresent()) {
        taken++;
        put(line, filter.pass(next.getAsInt()), now);
      }
    }
  }

  private void put(SerialConnection line, OptionalInt passed, long now) throws IOException {
    notBefore = now + settings.bytesPerSecond().stream().mapToLong(n -> NANOS_PER_SECOND / n).sum();
    if (passed.isPresent()) {
      put(line, passed.getAsInt(), now);
    } else {
      notBefore = Math.max(notBefore, now + FRAME);
    }
  }

  private void put(SerialConnection line, int value, long now) throws IOException {
    if (!box.isHalfWay()) {
      command.clear();
    }
    command.add(value);
    int awaited = box.awaitedBytes();
    box.toBox(value);
    if (awaited == 0 && box.awaitedBytes() > 0) {
      readCommand = value;
      answerBytes = box.awaitedBytes();
      heardAt = now;
    }
    isSending = true;
    sawFall = false;
    sentAt = now;
    line.write(value);
    ends.program().sent(value);
  }

  private void lose(SerialConnection line, IOException why, long now) {
    line.close();
    connection = null;
    isDown = false;
    lowSince = NEVER;
    nextTry = now + RETRY;
    interrupt();
    say("lost the port (" + why.getMessage() + "); waiting for it to come back");
  }

  private @Nullable SerialConnection tryAgain(long now) {
    if (now < nextTry) {
      return null;
    }
    try {
      connection = ends.port().open();
      resume("the port is back");
    } catch (IOException e) {
      nextTry = now + RETRY;
    }
    return connection;
  }

  /** The line is gone in the middle of whatever was going on. */
  private void interrupt() {
    if (command.isEmpty() && box.awaitedBytes() > 0) {
      command.add(readCommand);
    }
    if (command.equals(List.of(GO))) {
      command.clear();
    }
    boolean isRead = box.awaitedBytes() > 0 && command.equals(List.of(readCommand));
    // What the program has of the answer is not given to it again.
    bytesToSkip = isRead ? answerBytes - box.awaitedBytes() + bytesToSkip : 0;
    command.reversed().forEach(urgent::addFirst);
    command.clear();
    box.forget();
    isSending = false;
  }

  private void resume(String what) {
    while (!urgent.isEmpty() && urgent.element() == STOP) {
      urgent.remove();
    }
    urgent.addFirst(STOP);
    urgent.addFirst(STOP);
    if (!isClosing) {
      say(what + "; the trains are stopped: go (96) lets them go on");
    }
  }

  @Override
  public void beginStop() {
    isClosing = true;
    urgent.clear();
    urgent.add(STOP);
    urgent.add(STOP);
  }

  @Override
  public boolean isStopped() {
    return isClosing && urgent.isEmpty() && !isSending;
  }

  @Override
  public void close() {
    SerialConnection line = connection;
    if (line != null) {
      line.close();
      connection = null;
    }
  }

  private void report(long now) {
    boolean isReady =
        connection != null
            && isClear
            && !isDown
            && !isSending
            && urgent.isEmpty()
            && now >= notBefore;
    Signal state = isReady ? Signal.ASSERTED : Signal.NEGATED;
    boolean isKnown = taken == reportedTaken && state == reported;
    // While a byte is on its way the program sees the line negated without being told.
    if (isKnown || (!isReady && taken > reportedTaken)) {
      return;
    }
    reported = state;
    reportedTaken = taken;
    ends.program().clearToSend(state, taken);
  }

  private void say(String what) {
    ends.notices().say(ends.name() + ": " + what);
  }
}
