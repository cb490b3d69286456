package dev.roundhouse.devices.file;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a user describes cannot be built: a file makes no sense, or things do not fit each other.
 * The message is for the user, one line.
 */
public final class DescriptionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final @Nullable String path;

  /** With what is wrong, where, and what to do. */
  public DescriptionException(String message) {
    super(message);
    path = null;
  }

  /**
   * About a value in a JSON file.
   *
   * @param path of the value, such as {@code $.calls[1].name}
   */
  DescriptionException(String message, String path) {
    super(message);
    this.path = path;
  }

  /** The value in a JSON file that it is about, if it is about one. */
  Optional<String> path() {
    return Optional.ofNullable(path);
  }
}
