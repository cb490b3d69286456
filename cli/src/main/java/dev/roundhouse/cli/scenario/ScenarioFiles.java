package dev.roundhouse.cli.scenario;

import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds scenario files and reads them. */
final class ScenarioFiles {
  private static final int MOST_FILES = 10_000;
  private static final int DEEPEST_FOLDER = 16;

  private ScenarioFiles() {}

  /** The scenarios of files, and of all *.yaml and *.yml in folders and the folders in them. */
  static List<Scenario> read(List<Path> places) throws UserError {
    SortedSet<Path> files = new TreeSet<>();
    for (Path place : places) {
      files.addAll(Files.isDirectory(place) ? inFolder(place) : List.of(place));
    }
    List<Scenario> scenarios = new ArrayList<>();
    for (Path file : files) {
      scenarios.add(read(file));
    }
    return scenarios;
  }

  private static List<Path> inFolder(Path folder) throws UserError {
    try (Stream<Path> all = Files.walk(folder, DEEPEST_FOLDER)) {
      List<Path> found =
          all.filter(ScenarioFiles::isScenario)
              .filter(Files::isRegularFile)
              .limit(MOST_FILES)
              .toList();
      if (found.isEmpty()) {
        throw new UserError(
            ExitCode.USAGE, folder + ": no *.yaml files; see docs/scenarios.md for one");
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw new UserError(ExitCode.USAGE, folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isScenario(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static Scenario read(Path file) throws UserError {
    String text = UserFile.of(file, FileKind.SCENARIO).text();
    try {
      return ScenarioReader.read(file, text);
    } catch (ScenarioException e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }
}
