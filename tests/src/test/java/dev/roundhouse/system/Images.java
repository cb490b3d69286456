package dev.roundhouse.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The bundled guest programs, and files of the tests' resources. */
public final class Images {
  private static final String BUNDLED = "/dev/roundhouse/firmware/";

  private Images() {}

  /** The image of a bundled program. */
  public static byte[] bundled(String program) {
    return resource(BUNDLED + program + ".elf");
  }

  /** The catalogue of the bundled programs, as text. */
  public static String catalog() {
    return text(BUNDLED + "catalog.json");
  }

  /** The checksums of the images, as text. */
  public static String checksums() {
    return text(BUNDLED + "SHA256SUMS");
  }

  /** A file of the class path, as text. */
  public static String text(String path) {
    return new String(resource(path), StandardCharsets.UTF_8);
  }

  /** A file of the class path. */
  public static byte[] resource(String path) {
    try (InputStream stream = Images.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalArgumentException("no resource " + path);
      }
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
