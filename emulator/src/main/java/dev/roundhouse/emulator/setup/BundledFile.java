package dev.roundhouse.emulator.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program or kernel of ours that stands in for a file that the user names and does not have, such
 * as {@code hello.elf} or {@code kernels/mini.elf}: so the documents' examples run in any folder.
 *
 * @param asked the user's words
 */
public record BundledFile(Path asked) {
  private static final String FOLDER = "/dev/roundhouse/firmware/";
  private static final Pattern OURS =
      Pattern.compile("(kernels/)?[a-z0-9_]+(\\.kernel8)?\\.(elf|img)");

  /**
   * The one that stands in for {@code file}; none if that is there, or there is none of the name.
   */
  public static Optional<BundledFile> inPlaceOf(Path file) {
    return Files.notExists(file) ? called(file) : Optional.empty();
  }

  /** The one of this name, if there is one. */
  static Optional<BundledFile> called(Path asked) {
    String name = asked.toString();
    boolean isOurs =
        OURS.matcher(name).matches() && BundledFile.class.getResource(FOLDER + name) != null;
    return isOurs ? Optional.of(new BundledFile(asked)) : Optional.empty();
  }

  /** What is in it. */
  public byte[] content() {
    try (InputStream in = BundledFile.class.getResourceAsStream(FOLDER + asked)) {
      if (in == null) {
        throw new IllegalStateException("the bundled " + asked + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled " + asked + " cannot be read", e);
    }
  }

  /** What the user must know. */
  public String notice() {
    return "no " + asked + " here: the bundled one";
  }
}
