package dev.roundhouse.kernel.report;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.kernel.task.Tid;

/**
 * One link of a chain of tasks that wait.
 *
 * @param waiter who waits
 * @param program its program
 * @param forWhat for what it waits
 * @param target for whom it waits
 * @param targetProgram the program of that task, empty if it is gone
 * @param end whether the chain ends here, and why that is for ever
 */
public record WaitsFor(
    Tid waiter, String program, Wait forWhat, Tid target, String targetProgram, ChainEnd end) {
  /** For what a task waits. */
  public enum Wait {
    /** That its message is received. */
    RECEIVE("to receive its message"),
    /** That its message is replied to. */
    REPLY("to reply");

    private final String text;

    Wait(String text) {
      this.text = text;
    }
  }

  /** Why the task that is waited for will not act. */
  public enum ChainEnd {
    /** It waits for another one: see the next link. */
    GOES_ON("which waits itself"),
    /** It waits, by others or directly, for the waiter. */
    CYCLE("which waits for the first one in turn: a cycle"),
    /** It has exited. */
    VANISHED("which has exited"),
    /** It was made with a bad priority. */
    NEVER_STARTED("which was made with a bad priority and never runs"),
    /** It was dropped from the full ready queue. */
    LOST("which was dropped from the full ready queue"),
    /** It is the idle task. */
    IDLE("which is the idle task and never receives"),
    /** It waits for a message that nobody will send. */
    ONLY_RECEIVES("which waits in recv, and nobody who could send to it will wake");

    private final String text;

    ChainEnd(String text) {
      this.text = text;
    }
  }

  /** The link in one line. */
  public String text() {
    String whose = " (" + Printable.line(targetProgram) + ")";
    String who = targetProgram.isEmpty() ? target.toString() : target + whose;
    return "%s (%s) waits for %s %s, %s"
        .formatted(waiter, Printable.line(program), who, forWhat.text, end.text);
  }
}
