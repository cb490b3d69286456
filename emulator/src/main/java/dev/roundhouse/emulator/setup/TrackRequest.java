package dev.roundhouse.emulator.setup;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.BoxPlan;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a user wants to be on a simulated track.
 *
 * @param trains for each train the sensor past which it stands
 * @param turnouts those that are elsewhere at the start than the layout has them
 * @param files that say how it differs from the shipped one
 * @param scatter whether locomotives differ from the means of what was measured
 * @param seed of all chance
 */
public record TrackRequest(
    Map<Integer, String> trains,
    Map<Integer, Position> turnouts,
    DataFiles files,
    Scatter scatter,
    long seed) {
  /** The layouts that ship. */
  public static final List<String> SHIPPED = List.of("a", "b", "c", "d");

  /** The words for boxes as they are shipped, in place of a file. */
  public static final List<String> SHIPPED_BOXES = List.of("6051", "cs3");

  /** An empty track. */
  public static final TrackRequest NONE =
      new TrackRequest(Map.of(), Map.of(), DataFiles.NONE, TrainSetPlan.NO_SEED);

  /** How locomotives differ from the means of what was measured. */
  public enum Scatter {
    /** Each seed is a day of its own. */
    BY_SEED,
    /** Not at all. */
    NONE
  }

  /**
   * Files about a simulated track.
   *
   * @param locomotives in place of the shipped ones
   * @param box {@code 6051}, {@code cs3} or a file about one of them, in place of the layout's
   * @param faults a fault plan
   */
  public record DataFiles(Optional<Path> locomotives, Optional<Path> box, Optional<Path> faults) {
    /** All as shipped, and nothing goes wrong. */
    public static final DataFiles NONE =
        new DataFiles(Optional.empty(), Optional.empty(), Optional.empty());

    private boolean isEmpty() {
      return locomotives.isEmpty() && box.isEmpty() && faults.isEmpty();
    }
  }

  /** Locomotives that differ as the seed wills. */
  public TrackRequest(
      Map<Integer, String> trains, Map<Integer, Position> turnouts, DataFiles files, long seed) {
    this(trains, turnouts, files, Scatter.BY_SEED, seed);
  }

  /** Copies the maps, sorted. */
  public TrackRequest {
    trains = new TreeMap<>(trains);
    turnouts = new TreeMap<>(turnouts);
  }

  /** Whether anything is wished at all. */
  public boolean isEmpty() {
    return trains.isEmpty() && turnouts.isEmpty() && files.isEmpty();
  }

  /**
   * The train set on a layout.
   *
   * @param layout {@code a} to {@code d}, or a file
   * @throws UserError if it cannot be as wished
   */
  public TrainSetPlan on(String layout) throws UserError {
    try {
      TrainSetPlan.Builder plan = TrainSetPlan.on(layout(layout)).seed(seed);
      trains.forEach(plan::train);
      turnouts.forEach(plan::turnout);
      if (files.locomotives().isPresent()) {
        Path file = files.locomotives().get();
        plan.locomotives(LocomotiveCatalog.parse(file.toString(), text(file)));
      }
      if (scatter == Scatter.NONE) {
        plan.withoutScatter();
      }
      if (files.box().isPresent()) {
        Path file = files.box().get();
        plan.box(box(file));
      }
      if (files.faults().isPresent()) {
        Path file = files.faults().get();
        plan.faults(FaultPlan.parse(file.toString(), text(file)));
      }
      TrainSetPlan made = plan.plan();
      made.check();
      return made;
    } catch (DescriptionException e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private static BoxPlan box(Path file) throws UserError {
    return switch (file.toString()) {
      case "6051" -> BoxPlan.shipped(BoxKind.SERIAL_6051);
      case "cs3" -> BoxPlan.shipped(BoxKind.CS3);
      default -> BoxPlan.parse(file.toString(), text(file));
    };
  }

  private static Layout layout(String name) throws UserError {
    return switch (name) {
      case "a" -> Layout.trackA();
      case "b" -> Layout.trackB();
      case "c" -> Layout.trackC();
      case "d" -> Layout.trackD();
      default -> Layout.parse(name, UserFile.of(name, FileKind.TRAIN_SET, calledAs(name)).text());
    };
  }

  /** Whoever gives a letter means a track that ships. */
  private static String calledAs(String name) {
    return name.length() > 1
        ? name
        : "'" + name + "' is none of the tracks " + String.join(", ", SHIPPED);
  }

  private static String text(Path file) throws UserError {
    return UserFile.of(file, FileKind.TRAIN_SET).text();
  }
}
