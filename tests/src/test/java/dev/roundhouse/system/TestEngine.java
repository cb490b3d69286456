package dev.roundhouse.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.emulator.unicorn.UnicornLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** The engine libraries that the suites run on. */
public enum TestEngine {
  /** What {@code build/install-engine} puts into the cache. */
  INSTALLED,
  /** What lies in the Maven artifact and needs no installation. */
  EMBEDDED;

  private static final String VERSION = "2.1.1";

  /** The library; the test is skipped, with the reason, where there is none. */
  public UnicornLibrary library() {
    return UnicornLibrary.load(file());
  }

  /** The library's file; the test is skipped, with the reason, where there is none. */
  public Path file() {
    return switch (this) {
      case INSTALLED -> installed();
      case EMBEDDED -> Extracted.FILE;
    };
  }

  private static Path installed() {
    String arch = isArm() ? "arm64" : "amd64";
    Path file =
        cache().resolve("engine/unicorn-" + VERSION + "-" + arch).resolve("libunicorn.so.2");
    assumeTrue(Files.exists(file), "no installed engine: build/install-engine installs it");
    return file;
  }

  private static Path cache() {
    String own = System.getenv("ROUNDHOUSE_CACHE");
    if (own != null && !own.isEmpty()) {
      return Path.of(own);
    }
    String shared = System.getenv("XDG_CACHE_HOME");
    return shared != null && !shared.isEmpty()
        ? Path.of(shared, "roundhouse")
        : Path.of(System.getProperty("user.home"), ".cache", "roundhouse");
  }

  private static boolean isArm() {
    return System.getProperty("os.arch").equals("aarch64");
  }

  /** The embedded library, copied once out of its jar. */
  private static final class Extracted {
    static final Path FILE = extract();

    private Extracted() {}

    private static Path extract() {
      boolean isMac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
      String name = isMac ? "libunicorn.dylib" : "libunicorn.so";
      String place = (isMac ? "osx_" : "linux_") + (isArm() ? "arm64" : "64");
      String resource = "/natives/" + place + "/" + name;
      try (InputStream library = TestEngine.class.getResourceAsStream(resource)) {
        Path file = Files.createTempFile("roundhouse-test-", "-" + name);
        file.toFile().deleteOnExit();
        Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
