package dev.roundhouse.emulator.unicorn.binding;

/** The engine refused a call: our mistake, or a library that lacks what we need. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what failed. */
  public EngineException(String what) {
    super("the engine failed in " + what);
  }

  /** With the call and the engine's number of the error. */
  public EngineException(String call, int error) {
    super(call + " failed with engine error " + error);
  }
}
