package dev.roundhouse.emulator.engine;

import dev.roundhouse.emulator.platform.PathTrust;
import dev.roundhouse.emulator.platform.PrivateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The library inside the Maven artifact com.github.zhkl0228:unidbg-unicorn2:0.9.8, a fork of
 * Unicorn 2.0.1. It needs no installation, but is slow at stores. None of the artifact's classes is
 * used.
 *
 * @param resource its name on the class path
 * @param checksum SHA-256 of the file, in hexadecimal
 */
record EmbeddedLibrary(String resource, String checksum) {
  private static final String ARTIFACT = "unidbg-unicorn2-0.9.8";

  /** The one for this host. */
  static Optional<EmbeddedLibrary> forHost() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return of(os, System.getProperty("os.arch", ""));
  }

  /** The one for an operating system and processor, as of os.name and os.arch. */
  static Optional<EmbeddedLibrary> of(String os, String arch) {
    boolean isArm = arch.equals("aarch64") || arch.equals("arm64");
    boolean isX64 = arch.equals("amd64") || arch.equals("x86_64");
    if (!isArm && !isX64) {
      return Optional.empty();
    }
    if (os.contains("linux")) {
      return Optional.of(isArm ? LINUX_ARM64 : LINUX_X64);
    }
    return os.contains("mac") ? Optional.of(isArm ? MACOS_ARM64 : MACOS_X64) : Optional.empty();
  }

  private static final EmbeddedLibrary LINUX_X64 =
      new EmbeddedLibrary(
          "natives/linux_64/libunicorn.so",
          "5ffe8c9bbf27fb59387b163bb2c465aa90df2a5e82e4fe68c60fe2c836b429de");
  private static final EmbeddedLibrary LINUX_ARM64 =
      new EmbeddedLibrary(
          "natives/linux_arm64/libunicorn.so",
          "43648bf4731c3fad15d7a5bb2f5ff55d6115b2390a102fbc2a1968848fb31f53");
  private static final EmbeddedLibrary MACOS_X64 =
      new EmbeddedLibrary(
          "natives/osx_64/libunicorn.dylib",
          "f32c4753ce2862487bc05cf2a9469b43bd18eb7af93c8d92c080e47c1e30a8cb");
  private static final EmbeddedLibrary MACOS_ARM64 =
      new EmbeddedLibrary(
          "natives/osx_arm64/libunicorn.dylib",
          "be062e3bb116d3002ae2496e72b2c09eb1ee2b64cc8c0a887af25f604e162b6b");

  /** Those of all platforms. */
  static final List<EmbeddedLibrary> ALL = List.of(LINUX_X64, LINUX_ARM64, MACOS_X64, MACOS_ARM64);

  /** Where it is kept in a folder of engines; it is there after {@link #copyTo}. */
  Path placeIn(Path engines) {
    return engines.resolve(ARTIFACT).resolve(resource);
  }

  /**
   * Copies it to a file that nobody else can write, unless the same is there.
   *
   * @throws IOException when it is not on the class path, is not what it should be, or the file
   *     cannot be written
   */
  void copyTo(Path file) throws IOException {
    if (isThere(file)) {
      return;
    }
    byte[] content = content();
    if (!isGenuine(content)) {
      throw new IOException(resource + " on the class path is not the library of " + ARTIFACT);
    }
    Path folder = PrivateFolder.keepAbove(file);
    Path fresh = Files.createTempFile(folder, "libunicorn", ".new");
    try {
      Files.write(fresh, content);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private byte[] content() throws IOException {
    try (InputStream in = EmbeddedLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(ARTIFACT + ".jar is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  private boolean isThere(Path file) throws IOException {
    return Files.isRegularFile(file)
        && PathTrust.objection(file).isEmpty()
        && PinnedLibraries.checksum(file).equals(checksum);
  }

  private boolean isGenuine(byte[] content) {
    return PinnedLibraries.checksum(content).equals(checksum);
  }
}
