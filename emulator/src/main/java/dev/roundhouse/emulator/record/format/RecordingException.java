package dev.roundhouse.emulator.record.format;

/**
 * A file cannot be replayed, or a run not be recorded. The message says in one line what is wrong
 * and what to do, without the file's name.
 */
public final class RecordingException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong and what to do. */
  public RecordingException(String what, String advice) {
    super(what + "; " + advice);
  }

  public static RecordingException damaged(String where) {
    return new RecordingException(
        "the recording is damaged (" + where + ")",
        "copy it again from its source, or record anew");
  }
}
