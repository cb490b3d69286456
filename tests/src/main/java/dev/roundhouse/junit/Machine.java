package dev.roundhouse.junit;

import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.emulator.testing.Condition;
import dev.roundhouse.emulator.testing.TestMachine;
import dev.roundhouse.emulator.testing.Wait;
import dev.roundhouse.junit.Measures.Limit;
import dev.roundhouse.kernel.report.Violation;
import dev.roundhouse.kernel.task.Tid;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * A machine that runs programs when a test says so. In between its time stands still, so what a
 * test types or looks at is at a definite point of the run. One thread uses a machine; any number
 * of machines can be used side by side.
 */
public final class Machine implements AutoCloseable {
  /** The name of task 1, whatever its program is called. */
  public static final String ENTRY = "user_entry";

  private final MachineSetup setup;
  private final SortedMap<Integer, String> placed = new TreeMap<>();
  private @Nullable TestMachine bench;

  Machine(MachineSetup setup) {
    this.setup = setup;
  }

  /** What a machine is made of, for a test that makes its machines itself. */
  public static MachineSetup setup() {
    return new MachineSetup();
  }

  /** The line of the console. */
  public Uart console() {
    return uart(setup.console());
  }

  /** The line of another UART. */
  public Uart uart(int number) {
    return new Uart(this, number);
  }

  /** The simulated track. */
  public TrackView track() {
    return new TrackView(this);
  }

  /** What happened so far. */
  public TimelineView timeline() {
    return new TimelineView(this);
  }

  /** Its time. */
  public VirtualClock clock() {
    return new VirtualClock(this);
  }

  /** Virtual time since its start. */
  public Duration now() {
    return Duration.ofNanos(bench().now().nanos());
  }

  /**
   * Runs until a condition holds.
   *
   * @throws AssertionFailedError if it does not within the limit, or the run ends before
   */
  public void runUntil(Condition condition, Limit limit) {
    switch (bench().runUntil(condition, limit.virtualTime())) {
      case Wait.Reached() -> {
        // The machine stands where the test wants it.
      }
      case Wait.TimeIsUp() ->
          throw new AssertionFailedError(
              "not within "
                  + text(limit.virtualTime())
                  + " of virtual time: "
                  + condition.text()
                  + present(condition));
      case Wait.Over(RunResult result) ->
          throw new AssertionFailedError(
              "the run ended before "
                  + condition.text()
                  + ": "
                  + result.end().text()
                  + present(condition));
    }
  }

  private static String present(Condition condition) {
    return condition.present().isEmpty() ? "" : "; " + condition.present();
  }

  private static String text(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /** Runs for so long, or until the run ends. */
  public void runFor(Duration virtualTime) {
    Wait _ = bench().runUntil(Condition.theEndOfTheRun(), virtualTime);
  }

  /**
   * Runs to the end of the run.
   *
   * @return how it went
   * @throws AssertionFailedError if it does not end within the limit
   */
  public RunResult runToEnd(Limit limit) {
    if (bench().runUntil(Condition.theEndOfTheRun(), limit.virtualTime())
        instanceof Wait.Over(RunResult result)) {
      return result;
    }
    throw new AssertionFailedError(
        "not within " + text(limit.virtualTime()) + " of virtual time: the run ends");
  }

  /** How the run went, if it is over. */
  public Optional<RunResult> result() {
    return bench().result();
  }

  /** What programs did wrong so far. */
  public List<Violation> violations() {
    return bench().violations();
  }

  /** Violations and the devices' warnings so far, a line each. */
  public List<String> complaints() {
    return bench().complaints();
  }

  /**
   * The only task that was ever made of a program.
   *
   * @throws AssertionFailedError if there was none, or several
   */
  public TaskView task(String program) {
    List<TaskView> found = everyTask().stream().filter(task -> task.isOf(program)).toList();
    if (found.size() != 1) {
      throw new AssertionFailedError(
          (found.isEmpty() ? "no task" : found.size() + " tasks")
              + " of program "
              + program
              + "; tasks so far: "
              + everyTask());
    }
    return found.getFirst();
  }

  /** A task by its tid, whether or not it has been made yet. */
  public TaskView task(int tid) {
    return new TaskView(this, new Tid(tid));
  }

  /** All tasks that live now, by tid; not the kernel's idle task. */
  public List<TaskView> tasks() {
    return bench().tasks().living().stream()
        .map(task -> new TaskView(this, new Tid(task.tid())))
        .toList();
  }

  private List<TaskView> everyTask() {
    var live = tasks().stream().map(TaskView::tid);
    var loaded =
        bench().timeline().programs().stream()
            .flatMap(program -> bench().timeline().tids(program).stream())
            .map(Tid::value);
    return Stream.concat(live, loaded).distinct().sorted().map(this::task).toList();
  }

  /**
   * Writes a recording of the run up to now, for {@code roundhouse replay}. That takes as long as
   * the run took.
   *
   * @throws SetupException if such a run cannot be recorded
   */
  public void record(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      bench().record(out);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    } catch (RecordingException e) {
      throw new SetupException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Puts a train on the track. */
  void place(int train, String place) {
    if (bench != null) {
      throw new IllegalStateException(
          "trains are placed before anything else is done with the machine: place train "
              + train
              + " first");
    }
    placed.put(train, place);
  }

  Locomotive locomotive(int number) {
    return setup.locomotive(number);
  }

  TrainSet trains() {
    return bench()
        .trains()
        .orElseThrow(
            () -> new IllegalStateException("this machine has no track: give it one by @Track"));
  }

  /** The machine on its bench, made when it is first needed. */
  TestMachine bench() {
    TestMachine made = bench;
    if (made == null) {
      made = setup.bench(placed);
      bench = made;
    }
    return made;
  }

  /** Whether anything was ever done with it. */
  boolean isUsed() {
    return bench != null;
  }

  @Override
  public void close() {
    TestMachine made = bench;
    if (made != null) {
      made.close();
    }
  }
}
