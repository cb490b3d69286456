package dev.roundhouse.emulator.platform;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the host knows of a serial port.
 *
 * @param path what opens it, such as {@code /dev/ttyUSB0}
 * @param description what it is, in the words of its device or driver
 * @param maker who made it
 * @param vendor USB vendor id
 * @param product USB product id
 * @param serialNumber of the device
 * @param problem why it cannot be opened; empty if it can
 */
public record SerialPortDescription(
    String path,
    String description,
    Optional<String> maker,
    OptionalInt vendor,
    OptionalInt product,
    Optional<String> serialNumber,
    Optional<String> problem) {}
