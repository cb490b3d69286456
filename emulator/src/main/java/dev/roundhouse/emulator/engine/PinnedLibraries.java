package dev.roundhouse.emulator.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The libraries that may be loaded from the cache, by the SHA-256 of the file: those of Debian 13's
 * package libunicorn2t64 2.1.1-2+b2, as build/install-engine unpacks them (it has the same sums),
 * and the embedded ones.
 */
final class PinnedLibraries {
  private static final String DEBIAN_AMD64 =
      "e5f940db31964dcc0f93ee0ab3ee50f06ef393b7aff9171218c22defb02cb580";
  private static final String DEBIAN_ARM64 =
      "136b4e61039c248ca59067a75b2b3d9859ee075deaf78587587f204f50400b50";

  private static final Set<String> SUMS =
      Stream.concat(
              Stream.of(DEBIAN_AMD64, DEBIAN_ARM64),
              EmbeddedLibrary.ALL.stream().map(EmbeddedLibrary::checksum))
          .collect(Collectors.toUnmodifiableSet());

  private static final int CHUNK_BYTES = 1 << 16;

  private PinnedLibraries() {}

  /** Whether a library with this sum is known. */
  static boolean hold(String checksum) {
    return SUMS.contains(checksum);
  }

  /** The SHA-256 of a file, in hexadecimal. */
  static String checksum(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The SHA-256 of bytes, in hexadecimal. */
  static String checksum(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
