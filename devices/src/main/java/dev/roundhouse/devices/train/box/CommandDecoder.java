package dev.roundhouse.devices.train.box;

import dev.roundhouse.devices.train.box.BoxCommand.Reset;
import dev.roundhouse.devices.train.box.Trackside.Light;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent.Power;
import java.util.Optional;

/**
 * Makes commands of bytes (Märklin digital interface 6050/6051, command list). Nothing but its
 * second byte ends a command of two bytes.
 */
public final class CommandDecoder {
  /** Modules that can be chained. */
  public static final int MODULES = 31;

  private static final int LOCOMOTIVES = 80;
  private static final int ACCESSORIES = 256;
  private static final int REVERSE = 15;
  private static final int LIGHT = 16;
  private static final int SOLENOID_OFF = 32;
  private static final int STRAIGHT = 33;
  private static final int CURVED = 34;
  private static final int FUNCTIONS = 64;
  private static final int LAST_FUNCTIONS = 79;
  private static final int GO = 96;
  private static final int STOP = 97;
  private static final int RESET_OFF = 128;
  private static final int RESET_ON = 192;
  private static final int NO_BYTE = -1;

  private int first = NO_BYTE;

  /** A decoder that awaits a command. */
  public CommandDecoder() {}

  /** Whether a command's second byte is awaited. */
  public boolean isHalfWay() {
    return first != NO_BYTE;
  }

  /** Forgets a first byte, as the box does when it is switched off. */
  public void forget() {
    first = NO_BYTE;
  }

  /** Takes the next byte, 0 to 255; answers the command that it completes. */
  public Optional<BoxCommand> take(int value) {
    if (isHalfWay()) {
      int command = first;
      first = NO_BYTE;
      return Optional.of(addressed(command, value));
    }
    if (value < SOLENOID_OFF
        || value == STRAIGHT
        || value == CURVED
        || (value >= FUNCTIONS && value <= LAST_FUNCTIONS)) {
      first = value;
      return Optional.empty();
    }
    return Optional.of(single(value));
  }

  private static BoxCommand single(int value) {
    if (value > RESET_OFF && value <= RESET_OFF + MODULES) {
      return new BoxCommand.ReadSensors(1, value - RESET_OFF);
    }
    if (value > RESET_ON && value <= RESET_ON + MODULES) {
      return new BoxCommand.ReadSensors(value - RESET_ON, value - RESET_ON);
    }
    return switch (value) {
      case SOLENOID_OFF -> new BoxCommand.SolenoidOff();
      case GO -> new BoxCommand.Rails(Power.ON);
      case STOP -> new BoxCommand.Rails(Power.OFF);
      case RESET_OFF -> new BoxCommand.SensorReset(Reset.OFF);
      case RESET_ON -> new BoxCommand.SensorReset(Reset.ON);
      default -> new BoxCommand.Undefined(value);
    };
  }

  private static BoxCommand addressed(int command, int address) {
    if (command == STRAIGHT || command == CURVED) {
      Position position = command == STRAIGHT ? Position.STRAIGHT : Position.CURVED;
      return new BoxCommand.Turnout(address == 0 ? ACCESSORIES : address, position);
    }
    if (address < 1 || address > LOCOMOTIVES) {
      return new BoxCommand.Impossible(command, address);
    }
    if (command >= FUNCTIONS) {
      return new BoxCommand.Functions(address, command - FUNCTIONS);
    }
    Light light = command < LIGHT ? Light.OFF : Light.ON;
    int level = command % LIGHT;
    return level == REVERSE
        ? new BoxCommand.Reverse(address, light)
        : new BoxCommand.Speed(address, level, light);
  }
}
