package dev.roundhouse.kernel.board;

/**
 * What is to be expected of an event that nobody can bring about any more.
 *
 * @param verdict whether a wait for it could ever have ended
 * @param why nothing comes, for people
 */
public record Prospect(Verdict verdict, String why) {
  /** Whether a wait could ever have ended. */
  public enum Verdict {
    /** It may still end. */
    MAY_COME,
    /** Its source was set up, and is exhausted. */
    EXHAUSTED,
    /** Its source was set up, asked once, and was taken back: was anybody there? */
    TAKEN_BACK,
    /** Its source was never set up, or too late. */
    NEVER_COULD_COME
  }

  /** An event that may come. */
  public static final Prospect MAY_COME = new Prospect(Verdict.MAY_COME, "it may still come");

  /** An event that the kernel knows but wakes nobody with, or does not know. */
  public static final Prospect NO_EVENT =
      new Prospect(Verdict.EXHAUSTED, "the kernel wakes nobody for it");
}
