package dev.roundhouse.emulator.machine;

import java.nio.file.Path;

/** A file that is a part of RAM was made shorter while the machine ran. The message is one line. */
public final class SharedFileCutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SharedFileCutException(Path file) {
    super(
        file
            + ": was made shorter while it was shared memory; leave its size as it is, and start"
            + " again");
  }
}
