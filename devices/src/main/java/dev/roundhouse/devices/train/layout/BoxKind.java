package dev.roundhouse.devices.train.layout;

import dev.roundhouse.devices.file.Fields;

/** Which Märklin box is between programs and a layout's rails. */
public enum BoxKind {
  /** The interface 6050/6051, at a serial line: the course until 2025. */
  SERIAL_6051,
  /** A Central Station 3, on CAN: the course since 2026. */
  CS3;

  /**
   * The kind that field {@code box} of a file names.
   *
   * @param otherwise what it is when the file has none
   * @throws dev.roundhouse.devices.file.DescriptionException if there is no such box
   */
  public static BoxKind of(Fields fields, BoxKind otherwise) {
    if (!fields.has("box")) {
      return otherwise;
    }
    return switch (fields.text("box")) {
      case "6051" -> SERIAL_6051;
      case "cs3" -> CS3;
      default -> throw fields.wrong("\"box\" must be 6051 or cs3");
    };
  }
}
