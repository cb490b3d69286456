package dev.roundhouse.emulator.conformance.script;

import dev.roundhouse.kernel.report.Rule;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be seen of a run, without anything that depends on how long things take.
 *
 * @param tasks from tid 1 on, those that have exited too
 * @param order what happened, in the order in which the kernel was entered
 * @param reports the broken rules of which the kernel told, in order
 * @param end why the run was over
 * @param output what each UART sent, by its number: a character for each byte
 */
public record Observation(
    List<TaskSeen> tasks,
    List<Entry> order,
    List<Reported> reports,
    EndSeen end,
    SortedMap<Integer, String> output) {

  /**
   * A task.
   *
   * @param program its program's name; empty if its loader did not get so far
   * @param steps the steps that it began, in order: each but the last is done
   * @param state what it was doing at the end
   */
  public record TaskSeen(int tid, String program, List<StepSeen> steps, EndState state) {
    /** Copies the list. */
    public TaskSeen {
      steps = List.copyOf(steps);
    }

    /** The step number {@code index}, from 0 on, of the script. */
    public StepSeen step(int index) {
      return steps.get(index);
    }
  }

  /**
   * A step that was begun.
   *
   * @param result x0 behind a system call, the word that was loaded, or the length of the
   *     arguments; empty for a call that did not return, and for steps without a result
   * @param received the bytes of the step's own buffers at the end of the run, {@link
   *     Buffer#UNTOUCHED} where nothing was written: a reply, a message, an address, counters,
   *     arguments
   * @param sender the word behind a receive's own tid buffer
   */
  public record StepSeen(OptionalLong result, String received, OptionalLong sender) {}

  /** What a task was doing at the end, as far as others can tell. */
  public sealed interface EndState {
    /** Could run, or was running: the run was ended from outside or by a task. */
    record CouldRun() implements EndState {}

    /** Waits for its message to be received. */
    record SendBlocked(int to) implements EndState {}

    /** Waits for a message. */
    record ReceiveBlocked() implements EndState {}

    /** Waits for a reply. */
    record ReplyBlocked(int by) implements EndState {}

    /** Waits for an event. */
    record EventBlocked(int event) implements EndState {}

    /** Was made with a bad priority. */
    record NeverStarted() implements EndState {}

    /** Was dropped from the full ready queue. */
    record Lost() implements EndState {}

    /** Is gone. */
    record Exited() implements EndState {}
  }

  /** One entry into the kernel. */
  public sealed interface Entry {
    /** A task's loader asked for memory. */
    record Loading(int tid) implements Entry {}

    /**
     * A task made the system call of its step number {@code step}; the number behind the last step
     * stands for the exit that the loader makes for a program that returned.
     */
    record Called(int tid, int step) implements Entry {}

    /**
     * A task was interrupted; tid 0 is the idle task.
     *
     * @param served the GIC interrupts, in order
     * @param woken who became ready by them, in order
     */
    record Interrupted(int tid, List<Integer> served, List<Woken> woken) implements Entry {
      /** Copies the lists. */
      public Interrupted {
        served = List.copyOf(served);
        woken = List.copyOf(woken);
      }
    }
  }

  /** A task that an interrupt woke, and what await_event gives it. */
  public record Woken(int tid, long value) {}

  /** A broken rule, and whose system call it was. */
  public record Reported(int tid, Rule rule) {}

  /**
   * Why a run was over.
   *
   * @param kind in one word
   * @param text for people: how the kernel model says it
   */
  public record EndSeen(EndKind kind, String text) {}

  /** The ways in which a run of scripts can end. */
  public enum EndKind {
    /** Nothing can happen any more, and nobody waits for another task. */
    FINISHED,
    /** Nothing can happen any more, and tasks wait for others that will not act. */
    DEADLOCK,
    /** A task called quit, or ended the run by semihosting. */
    QUIT,
    /** A task wanted a program that there is not, or that cannot be loaded. */
    CANNOT_LOAD,
    /** A pointer that the kernel would follow led nowhere. */
    BAD_POINTER,
    /** The real kernel would have corrupted itself or stopped. */
    KERNEL_CRASH,
    /** A task could not go on. */
    FAULT,
    /** The limit of virtual time was reached. */
    TIMEOUT
  }

  /** Copies all. */
  public Observation {
    tasks = List.copyOf(tasks);
    order = List.copyOf(order);
    reports = List.copyOf(reports);
    output = Collections.unmodifiableSortedMap(new TreeMap<>(output));
  }

  /**
   * The task with this tid, from 1 on.
   *
   * @throws IllegalArgumentException if there never was one
   */
  public TaskSeen task(int tid) {
    if (tid < 1 || tid > tasks.size()) {
      throw new IllegalArgumentException("there never was a tid " + tid);
    }
    return tasks.get(tid - 1);
  }
}
