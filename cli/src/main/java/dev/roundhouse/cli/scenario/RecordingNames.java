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
  private final Path common;

  /**
   * The names for some scenarios.
   *
   * @param folder of the recordings, if they are wished
   * @param scenarios their files
   */
  RecordingNames(Optional<Path> folder, List<Path> scenarios) {
    this.folder = folder;
    common =
        scenarios.stream()
            .map(file -> whole(file).getParent())
            .reduce(RecordingNames::common)
            .orElse(Path.of(""));
  }

  private static Path whole(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private static Path common(Path one, Path other) {
    Path common = one;
    while (!other.startsWith(common)) {
      common = common.getParent();
    }
    return common;
  }

  /** That of a scenario; none if recordings are not wished. */
  Optional<Path> of(Path scenario) {
    return folder.map(place -> place.resolve(common.relativize(whole(scenario)) + ".rec"));
  }
}
