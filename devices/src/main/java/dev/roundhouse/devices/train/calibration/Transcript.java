package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.train.box.BoxCommand;
import dev.roundhouse.devices.train.box.CommandDecoder;
import dev.roundhouse.devices.train.box.SensorModules;
import dev.roundhouse.devices.train.cs3.StationMessage;
import dev.roundhouse.devices.train.layout.BoxKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * What passed on the line to an interface box, or on the bus to a Central Station, understood:
 * commands, and contacts that closed. It knows nothing but bytes and frames and their times.
 *
 * <p>The box reads a module just before it sends its first byte. So a contact that is reported, and
 * was not by the read before, closed between those two reads.
 */
public final class Transcript {
  /** What is kept at most; a line of 2400 baud needs half a day for it. */
  private static final int MOST = 5_000_000;

  private static final long HEARD = SerialFormat.MARKLIN.heardNanos();

  /** A station's cycle of looks at contacts, and the time of its frame. */
  private static final long LOOK_NANOS = 101_000_000;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int BITS_OF_BYTE = 8;
  private static final int BYTE_MASK = 0xff;

  private final List<Sent> sent = new ArrayList<>();
  private final List<Command> commands = new ArrayList<>();
  private final List<Closing> closings = new ArrayList<>();
  private final CommandDecoder decoder = new CommandDecoder();
  private final StationTalk talk = new StationTalk();
  private final Deque<Integer> awaited = new ArrayDeque<>();
  private final long[] lastRead = new long[CommandDecoder.MODULES + 1];
  private final int[] reported = new int[CommandDecoder.MODULES + 1];
  private long read;
  private int firstByte = -1;
  private long end;

  /** What has reached the box. */
  public sealed interface Sent {
    /** When it had. */
    long nanos();

    /** How long it takes. */
    long takesNanos();

    /** A byte on a line. */
    record OfLine(long nanos, int value) implements Sent {
      @Override
      public long takesNanos() {
        return HEARD;
      }
    }

    /** A frame on a bus. */
    record OfBus(long nanos, CanFrame frame) implements Sent {
      @Override
      public long takesNanos() {
        return frame.wireBits() * CanBus.BIT_NANOS;
      }
    }
  }

  /** A command that the box has taken. */
  public record Command(long nanos, BoxCommand what) {}

  /** A contact that closed after one time, and by another at the latest. */
  public record Closing(long after, long by, int module, int contact) {
    /** In the middle between the two, in seconds. */
    public double seconds() {
      return (after + by) / 2.0 / NANOS_PER_SECOND;
    }

    /** By how much that may be wrong, either way. */
    public double doubtSeconds() {
      return (by - after) / 2.0 / NANOS_PER_SECOND;
    }
  }

  /** A line on which nothing has passed. */
  public Transcript() {}

  /** A byte has reached the box. */
  public void toBox(long nanos, int value) {
    end = Math.max(end, nanos);
    if (sent.size() == MOST) {
      return;
    }
    sent.add(new Sent.OfLine(nanos, value));
    decoder
        .take(value)
        .ifPresent(command -> {
          if (command instanceof BoxCommand.ReadSensors(int first, int last)) {
            await(first, last);
          } else {
            commands.add(new Command(nanos, command));
          }
        });
  }

  private void await(int first, int last) {
    for (int module = first; module <= last && awaited.size() < MOST; module++) {
      awaited.add(module);
    }
  }

  /** A byte has come from the box. */
  public void fromBox(long nanos, int value) {
    end = Math.max(end, nanos);
    if (awaited.isEmpty()) {
      return;
    }
    if (firstByte < 0) {
      firstByte = value & BYTE_MASK;
      read = nanos - HEARD;
    } else {
      take(awaited.remove(), (firstByte << BITS_OF_BYTE) | (value & BYTE_MASK));
      firstByte = -1;
    }
  }

  /** A frame has gone over the bus to a Central Station. */
  public void frameToBox(long nanos, CanFrame frame) {
    end = Math.max(end, nanos);
    if (sent.size() < MOST) {
      sent.add(new Sent.OfBus(nanos, frame));
      talk.commands(frame).forEach(what -> commands.add(new Command(nanos, what)));
    }
  }

  /**
   * A frame of a Central Station has come over the bus. It tells each change of a contact, of which
   * it looks at all ten times a second; who asks is answered with a contact that was known.
   */
  public void frameFromBox(long nanos, CanFrame frame) {
    end = Math.max(end, nanos);
    if (StationMessage.of(frame) instanceof StationMessage.Contact(_, int number, _, int now, _)
        && number > 0
        && number < lastRead.length * SensorModules.CONTACTS) {
      int module = (number - 1) / SensorModules.CONTACTS + 1;
      int contact = (number - 1) % SensorModules.CONTACTS + 1;
      int bit = 1 << (SensorModules.CONTACTS - contact);
      boolean isFresh = now != 0 && (reported[module] & bit) == 0;
      if (isFresh && closings.size() < MOST) {
        closings.add(new Closing(Math.max(0, nanos - LOOK_NANOS), nanos, module, contact));
      }
      reported[module] = now == 0 ? reported[module] & ~bit : reported[module] | bit;
    }
  }

  /** By what the box was spoken to. */
  public BoxKind box() {
    boolean isBus = !sent.isEmpty() && sent.getFirst() instanceof Sent.OfBus;
    return isBus ? BoxKind.CS3 : BoxKind.SERIAL_6051;
  }

  private void take(int module, int contacts) {
    int fresh = contacts & ~reported[module];
    for (int contact = 1; contact <= SensorModules.CONTACTS; contact++) {
      boolean isKnown = lastRead[module] > 0 && closings.size() < MOST;
      if (isKnown && ((fresh >>> (SensorModules.CONTACTS - contact)) & 1) == 1) {
        closings.add(new Closing(lastRead[module], read, module, contact));
      }
    }
    lastRead[module] = read;
    reported[module] = contacts;
  }

  /** All bytes or frames that reached the box. */
  public List<Sent> sent() {
    return Collections.unmodifiableList(sent);
  }

  /** All commands but reads. */
  public List<Command> commands() {
    return Collections.unmodifiableList(commands);
  }

  /** All contacts that closed, in the order in which they were reported. */
  public List<Closing> closings() {
    return Collections.unmodifiableList(closings);
  }

  /** When the last byte passed. */
  public long endNanos() {
    return end;
  }
}
