package dev.roundhouse.emulator.unicorn;

/** The engine refused a call: our mistake, or a library that lacks what we need. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineException(String what) {
    super("the engine failed in " + what);
  }

  EngineException(String call, int error) {
    super(call + " failed with engine error " + error);
  }
}
