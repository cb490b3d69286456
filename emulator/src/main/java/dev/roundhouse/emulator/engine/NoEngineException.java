package dev.roundhouse.emulator.engine;

import java.util.List;
import java.util.stream.Collectors;

/** No library can be used. The message says what was tried and what to install. */
public final class NoEngineException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final String ADVICE =
      "install Unicorn 2.1 (build/install-engine on Debian, libunicorn2t64 on Debian 13, "
          + "\"brew install unicorn\" on macOS) or name a library by ROUNDHOUSE_ENGINE";

  NoEngineException(List<EngineFinding> tried) {
    super("no engine library can be used: " + texts(tried) + "; " + ADVICE);
  }

  private static String texts(List<EngineFinding> tried) {
    return tried.isEmpty()
        ? "none was found"
        : tried.stream().map(EngineFinding::text).collect(Collectors.joining("; "));
  }
}
