package dev.roundhouse.devices.train;

import dev.roundhouse.devices.file.Fields;
import dev.roundhouse.devices.file.JsonFile;
import dev.roundhouse.devices.train.box.BoxTiming;
import dev.roundhouse.devices.train.cs3.StationSettings;
import dev.roundhouse.devices.train.layout.BoxKind;

/** Which box is before the rails, and what of it may vary. */
public sealed interface BoxPlan {
  /** An interface 6051 at a serial line. */
  record Serial(BoxTiming timing) implements BoxPlan {}

  /** A Central Station 3 on CAN. */
  record Can(StationSettings settings) implements BoxPlan {}

  /** A box as it is shipped. */
  static BoxPlan shipped(BoxKind kind) {
    return switch (kind) {
      case SERIAL_6051 -> new Serial(BoxTiming.MEASURED);
      case CS3 -> new Can(StationSettings.DEFAULT);
    };
  }

  /**
   * The box of a file, which names its kind in field {@code box}; without it it is a 6051.
   *
   * @param file its name, for messages
   * @throws dev.roundhouse.devices.file.DescriptionException if it describes none
   */
  static BoxPlan parse(String file, String text) {
    Fields fields = JsonFile.parse(file, text);
    return switch (BoxKind.of(fields, BoxKind.SERIAL_6051)) {
      case SERIAL_6051 -> new Serial(BoxTiming.read(fields));
      case CS3 -> new Can(StationSettings.read(fields));
    };
  }

  /** Its kind. */
  default BoxKind kind() {
    return this instanceof Can ? BoxKind.CS3 : BoxKind.SERIAL_6051;
  }
}
