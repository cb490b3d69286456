package dev.roundhouse.cli.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where recordings of scenarios go: into folders as the scenarios' own below the folder that is
 * common to them, so that files of equal names do not meet.
 */
final class RecordingNames {
  private final Optional<Path> folder;
  private final int depth;

  /**
   * The names for some scenarios.
   *
   * @param folder of the recordings, if they are wished
   * @param scenarios their files
   */
  RecordingNames(Optional<Path> folder, List<Path> scenarios) {
    this.folder = folder;
    depth = scenarios.stream().mapToInt(file -> common(scenarios.getFirst(), file)).min().orElse(0);
  }

  private static Path whole(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** How many folders from the root on are those of both. */
  private static int common(Path one, Path other) {
    Path first = whole(one);
    Path second = whole(other);
    int most = Math.min(first.getNameCount(), second.getNameCount()) - 1;
    int count = 0;
    while (count < most && first.getName(count).equals(second.getName(count))) {
      count++;
    }
    return count;
  }

  /** That of a scenario; none if recordings are not wished. */
  Optional<Path> of(Path scenario) {
    Path whole = whole(scenario);
    return folder.map(place -> place.resolve(whole.subpath(depth, whole.getNameCount()) + ".rec"));
  }
}
