package dev.roundhouse.devices.train.cs3;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.train.event.Position;

/**
 * Frames that tell a station what to do ("CAN CS2 Protokoll 2.0", 2 to 7), with the hash that
 * kernels of CS452 send. Trains speak Motorola, so that their numbers are their UIDs.
 */
public final class StationCommand {
  private static final int HASH = 0xC300;
  private static final int TURNOUTS = 0x3000;
  private static final int GO = 1;
  private static final int OTHER_DIRECTION = 3;

  private StationCommand() {}

  private static CanFrame frame(int command, int uid, int... bytes) {
    long data = Integer.toUnsignedLong(uid) << Integer.SIZE;
    for (int i = 0; i < bytes.length; i++) {
      data |= (long) bytes[i] << (Integer.SIZE - (i + 1) * Byte.SIZE);
    }
    return CanFrame.of(id(command), Integer.BYTES + bytes.length, data);
  }

  private static int id(int command) {
    return new MarklinId(0, command, MarklinId.Kind.COMMAND, HASH).id();
  }

  /** No power for any rails. */
  public static CanFrame stop() {
    return frame(MessageDecoder.SYSTEM, 0, 0);
  }

  /** Power for all rails. */
  public static CanFrame go() {
    return frame(MessageDecoder.SYSTEM, 0, GO);
  }

  /** Asks all devices whether they are there. */
  public static CanFrame ping() {
    return CanFrame.of(id(MessageDecoder.PING), 0, 0);
  }

  /** A train's speed, 0 to 1000. */
  public static CanFrame speed(int train, int speed) {
    return frame(MessageDecoder.SPEED, train, speed >>> Byte.SIZE, speed & 0xFF);
  }

  /** A train's speed by its step, 0 to 14. */
  public static CanFrame speedStep(int train, int step) {
    return speed(train, SpeedStep.lowestSpeedOf(step));
  }

  /** A train's light is on. */
  public static CanFrame lightOn(int train) {
    return frame(MessageDecoder.FUNCTION, train, 0, 1);
  }

  /** A train changes its direction, and stands until it is given a speed. */
  public static CanFrame reverse(int train) {
    return frame(MessageDecoder.DIRECTION, train, OTHER_DIRECTION);
  }

  /** A turnout, from 1 on, is set. */
  public static CanFrame turnout(int turnout, Position position) {
    int side = position == Position.STRAIGHT ? 1 : 0;
    return frame(MessageDecoder.ACCESSORY, TURNOUTS + turnout - 1, side, 1);
  }

  /** Asks for the contacts of the first modules. */
  public static CanFrame contacts(int modules) {
    return frame(MessageDecoder.POLL_MODULES, 0, modules);
  }
}
