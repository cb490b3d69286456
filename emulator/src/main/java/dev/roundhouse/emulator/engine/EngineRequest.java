package dev.roundhouse.emulator.engine;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where to look for a library.
 *
 * @param explicit the one file to use, whatever else there is
 * @param cache the folder for what Roundhouse keeps between runs, when the user has one
 * @param systemFolders where the system's packages put libraries
 */
public record EngineRequest(
    Optional<Path> explicit, Optional<Path> cache, List<Path> systemFolders) {
  private static final List<Path> SYSTEM_FOLDERS =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu"),
          Path.of("/usr/lib/aarch64-linux-gnu"),
          Path.of("/usr/local/lib"),
          Path.of("/usr/lib64"),
          Path.of("/usr/lib"),
          Path.of("/opt/homebrew/lib"));

  /** Copies the list. */
  public EngineRequest {
    systemFolders = List.copyOf(systemFolders);
  }

  /**
   * The request of a user: a file by option or by ROUNDHOUSE_ENGINE, a cache by ROUNDHOUSE_CACHE,
   * XDG_CACHE_HOME or HOME, as build/install-engine has it.
   *
   * @param option the file that the command line names
   * @param environment the variables, as of {@link System#getenv()}
   */
  public static EngineRequest of(Optional<Path> option, Map<String, String> environment) {
    Optional<Path> explicit = option.or(() -> path(environment, "ROUNDHOUSE_ENGINE"));
    Optional<Path> cache =
        path(environment, "ROUNDHOUSE_CACHE")
            .or(() -> path(environment, "XDG_CACHE_HOME").map(all -> all.resolve("roundhouse")))
            .or(() -> path(environment, "HOME").map(home -> home.resolve(".cache/roundhouse")));
    return new EngineRequest(explicit, cache, SYSTEM_FOLDERS);
  }

  /** The folder of the cache in which engines are kept. */
  Optional<Path> engines() {
    return cache.map(folder -> folder.resolve("engine"));
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    try {
      return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value).toAbsolutePath());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
