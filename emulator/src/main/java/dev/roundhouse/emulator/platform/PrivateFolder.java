package dev.roundhouse.emulator.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder for a short time, of a name that nobody can guess, where nobody but the user can look or
 * write. It goes with all that is in it when it is closed.
 */
public final class PrivateFolder implements AutoCloseable {
  private static final String PREFIX = "roundhouse-";
  private static final FileAttribute<?> ONLY_MINE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path path;

  private PrivateFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes one where temporary files go, or in the user's own XDG_RUNTIME_DIR.
   *
   * @throws IOException when there is no place in which others cannot replace it; the message is
   *     for the user
   */
  public static PrivateFolder make() throws IOException {
    return makeIn(places());
  }

  /** Makes one in the first of the places that will do. */
  static PrivateFolder makeIn(List<Path> places) throws IOException {
    String reason = "there is none";
    for (Path place : places) {
      Optional<String> objection = PathTrust.objectionToMaking(place);
      if (objection.isEmpty()) {
        return new PrivateFolder(Files.createTempDirectory(place, PREFIX, ONLY_MINE));
      }
      reason = objection.get();
    }
    throw new IOException("no place for a temporary file: " + reason);
  }

  private static List<Path> places() {
    String usual = System.getProperty("java.io.tmpdir", "/tmp");
    String own = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "");
    return own.isEmpty() ? List.of(Path.of(usual)) : List.of(Path.of(usual), Path.of(own));
  }

  /** Makes a folder that stays, and those above it, for nobody but the user. */
  public static Path keep(Path folder) throws IOException {
    return Files.createDirectories(folder, ONLY_MINE);
  }

  /** Makes the folder of a file, in the same way. */
  public static Path keepAbove(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is no file");
    }
    return keep(folder);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Removes it. What cannot be removed stays: it is in nobody's way. */
  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }
}
