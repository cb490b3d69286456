package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.devices.plant.MotorPlan;
import dev.roundhouse.devices.train.file.TrainSetException;
import dev.roundhouse.emulator.host.HostErrors;
import dev.roundhouse.emulator.machine.Outfit;
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
 */
public record OutfitWishes(List<String> plants) {
  private static final String MOTOR = "motor";
  private static final long LARGEST_FILE_BYTES = 1 << 20;

  /** Copies the list. */
  public OutfitWishes {
    plants = List.copyOf(plants);
  }

  /**
   * The outfit.
   *
   * @throws UserError if it cannot be as wished
   */
  public Outfit outfit() throws UserError {
    List<MotorPlan> motors = new ArrayList<>();
    for (String plant : plants) {
      motors.add(motor(plant));
    }
    return new Outfit(motors);
  }

  private static MotorPlan motor(String wish) throws UserError {
    if (wish.equals(MOTOR)) {
      return MotorPlan.DEFAULT;
    }
    if (!wish.startsWith(MOTOR + ":")) {
      throw new UserError(
          ExitCode.USAGE, "--plant " + wish + ": there is only motor, or motor:FILE");
    }
    String file = wish.substring(MOTOR.length() + 1);
    try {
      Path path = Path.of(file);
      if (Files.size(path) > LARGEST_FILE_BYTES) {
        throw new UserError(ExitCode.USAGE, "--plant " + wish + ": larger than 1 MiB");
      }
      return MotorPlan.parse(file, Files.readString(path));
    } catch (InvalidPathException e) {
      throw new UserError(ExitCode.USAGE, "--plant: '" + file + "' cannot be a path", e);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          "--plant " + wish + ": the file cannot be read (" + HostErrors.reason(e) + ")",
          e);
    } catch (TrainSetException e) {
      throw new UserError(ExitCode.USAGE, "--plant " + e.getMessage(), e);
    }
  }
}
