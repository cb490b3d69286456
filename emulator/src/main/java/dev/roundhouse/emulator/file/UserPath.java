package dev.roundhouse.emulator.file;

import dev.roundhouse.devices.text.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as users write them. */
public final class UserPath {
  private static final int LONGEST_SHOWN = 200;

  private UserPath() {}

  /**
   * The path.
   *
   * @throws UserError if the host cannot have such a path, or not in this locale
   */
  public static Path of(String text) throws UserError {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      boolean isAscii = text.chars().allMatch(c -> c < 0x80 && c != '?');
      throw new UserError(
          ExitCode.USAGE,
          Printable.line(text, LONGEST_SHOWN)
              + (isAscii
                  ? ": that cannot be a path"
                  : ": cannot be a path in this locale; set LC_ALL=C.UTF-8"),
          e);
    }
  }
}
