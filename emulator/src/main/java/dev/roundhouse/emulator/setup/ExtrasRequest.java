package dev.roundhouse.emulator.setup;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.plant.MotorPlan;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import dev.roundhouse.emulator.machine.Extras;
import dev.roundhouse.emulator.machine.SharedFile;
import dev.roundhouse.emulator.process.HostErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user wants a machine to have beyond the board and its lines, as it was written.
 *
 * @param plants values of {@code --plant}
 * @param files values of {@code --shared-memory}
 */
public record ExtrasRequest(List<String> plants, List<String> files) {
  private static final int RADIX = 16;
  private static final long LARGEST_SHARED_BYTES = 1L << 30;

  private static final String MOTOR = "motor";

  /** Copies the lists. */
  public ExtrasRequest {
    plants = List.copyOf(plants);
    files = List.copyOf(files);
  }

  /**
   * The extras.
   *
   * @throws UserError if it cannot be as asked
   */
  public Extras extras() throws UserError {
    List<MotorPlan> motors = new ArrayList<>();
    for (String plant : plants) {
      motors.add(motor(plant));
    }
    List<SharedFile> shared = new ArrayList<>();
    for (String file : files) {
      SharedFile next = sharedFile(file);
      if (shared.stream().anyMatch(other -> other.range().overlaps(next.range()))) {
        throw wrongShare(file, "it overlaps another one");
      }
      shared.add(next);
    }
    return new Extras(motors, shared);
  }

  private static SharedFile sharedFile(String text) throws UserError {
    int at = text.lastIndexOf('@');
    if (at < 1) {
      throw wrongShare(text, "it is not of the form page@0x7E000000");
    }
    try {
      Path path = Path.of(text.substring(0, at));
      if (!Files.isRegularFile(path) || !Files.isReadable(path) || !Files.isWritable(path)) {
        throw wrongShare(text, "no such file, or not one to read and write: make it first");
      }
      long bytes = Files.size(path);
      if (bytes == 0 || bytes % SharedFile.PAGE_BYTES != 0 || bytes > LARGEST_SHARED_BYTES) {
        throw wrongShare(text, "its size is not a multiple of 4096 bytes, at most 1 GiB");
      }
      return new SharedFile(path, new AddressRange(address(text, at + 1), bytes));
    } catch (InvalidPathException e) {
      throw wrongShare(text, "that cannot be a path");
    } catch (IOException e) {
      throw wrongShare(text, "the file cannot be read (" + HostErrors.reason(e) + ")");
    }
  }

  private static long address(String text, int from) throws UserError {
    String digits = text.substring(from);
    boolean isHex = digits.startsWith("0x") || digits.startsWith("0X");
    try {
      long address = isHex ? Long.parseLong(digits.substring(2), RADIX) : Long.parseLong(digits);
      if (address >= 0 && address % SharedFile.PAGE_BYTES == 0 && address < 1L << Integer.SIZE) {
        return address;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw wrongShare(text, "'" + digits + "' is no address that is a multiple of 4096");
  }

  /**
   * Checks that shared files lie in RAM, and not where the kernel gives out pages.
   *
   * @param free what they may take
   * @throws UserError if one does not
   */
  public static void requirePlaces(Extras extras, List<AddressRange> free) throws UserError {
    for (SharedFile shared : extras.sharedMemory()) {
      AddressRange range = shared.range();
      if (free.stream().noneMatch(place -> place.contains(range.start(), range.length()))) {
        throw wrongShare(
            shared.file() + "@0x" + Long.toHexString(range.start()),
            "there is no free RAM: take some of "
                + free.getLast()
                + ", in which the kernel gives out nothing");
      }
    }
  }

  private static UserError wrongShare(String text, String what) {
    return new UserError(ExitCode.USAGE, "--shared-memory " + text + ": " + what);
  }

  private static MotorPlan motor(String text) throws UserError {
    if (text.equals(MOTOR)) {
      return MotorPlan.DEFAULT;
    }
    if (!text.startsWith(MOTOR + ":")) {
      throw new UserError(
          ExitCode.USAGE, "--plant " + text + ": there is only motor, or motor:FILE");
    }
    String file = text.substring(MOTOR.length() + 1);
    String plan = UserFile.of(file, FileKind.MOTOR, "--plant " + text).text();
    try {
      return MotorPlan.parse(file, plan);
    } catch (DescriptionException e) {
      throw new UserError(ExitCode.USAGE, "--plant " + e.getMessage(), e);
    }
  }
}
