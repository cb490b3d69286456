package dev.roundhouse.junit;

/** What a machine did in a test that failed; it comes with the failure, as a suppressed one. */
public final class MachineStory extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MachineStory(String story) {
    super(story, null, false, false);
  }
}
