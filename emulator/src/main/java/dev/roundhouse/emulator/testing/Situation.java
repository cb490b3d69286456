package dev.roundhouse.emulator.testing;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.track.TrainView;
import dev.roundhouse.emulator.tasks.TaskInfo;
import dev.roundhouse.emulator.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a user wants to see of a machine in which a test has failed, in lines: why it cannot go on,
 * the screens, the trains with the sensors that they passed, the tasks, and what programs did
 * wrong.
 */
public final class Situation {
  private static final int MOST_COMPLAINTS = 12;
  private static final int MOST_SENSORS = 12;
  private static final double NANOS_PER_SECOND = 1e9;

  private final TestMachine bench;
  private final List<String> lines = new ArrayList<>();

  private Situation(TestMachine bench) {
    this.bench = bench;
  }

  /** That of a machine, now. */
  public static List<String> of(TestMachine bench) {
    Situation situation = new Situation(bench);
    situation.lines.addAll(bench.report());
    situation.screens();
    situation.trains();
    situation.section("tasks", bench.tasks().living().stream().map(situation::task).toList());
    List<String> complaints = bench.complaints();
    situation.section(
        "complaints", complaints.subList(0, Math.min(MOST_COMPLAINTS, complaints.size())));
    return List.copyOf(situation.lines);
  }

  private void screens() {
    for (int uart : Cables.SERIAL) {
      boolean isTrack = bench.trackUart().filter(track -> track == uart).isPresent();
      if (!isTrack && bench.transcript(uart).length() > 0) {
        List<String> rows = bench.transcript(uart).screen().rows();
        section(
            "the screen at " + Cables.name(uart),
            rows.isEmpty() ? List.of("(empty)") : rows.stream().map(Printable::line).toList());
      }
    }
  }

  private void trains() {
    bench
        .trains()
        .ifPresent(trains ->
            section("trains", trains.track().trains().stream().map(this::train).toList()));
  }

  private String train(TrainView train) {
    String number = "train " + train.number();
    return number + ": " + TrainAtRest.describe(train) + "; " + passed(train.number());
  }

  private String passed(int train) {
    List<String> sensors = new ArrayList<>();
    for (Stamped each : bench.timeline().events()) {
      if (each.event() instanceof TrainEvent.SensorTriggered(String sensor, int by)
          && by == train) {
        sensors.add(
            String.format(Locale.ROOT, "%s (%.3f s)", sensor, each.nanos() / NANOS_PER_SECOND));
      }
    }
    int from = Math.max(0, sensors.size() - MOST_SENSORS);
    return sensors.isEmpty()
        ? "it passed no sensor"
        : sensors.subList(from, sensors.size()).stream()
            .collect(Collectors.joining(", ", from == 0 ? "it passed " : "it passed ... ", ""));
  }

  private String task(TaskInfo task) {
    return name(task.tid()) + " is " + describe(task.status(), bench);
  }

  private String name(int tid) {
    return name(tid, bench);
  }

  /** A task as people know it, such as {@code task 5 (track_server)}. */
  public static String name(int tid, TestMachine bench) {
    return "task "
        + tid
        + bench.program(tid).map(program -> " (" + Printable.line(program) + ")").orElse("");
  }

  /** What a task does or waits for. */
  public static String describe(TaskStatus status, TestMachine bench) {
    return switch (status) {
      case TaskStatus.Ready() -> "ready";
      case TaskStatus.Active() -> "active";
      case TaskStatus.SendBlocked(int on) -> "send-blocked on " + name(on, bench);
      case TaskStatus.ReceiveBlocked() -> "receive-blocked";
      case TaskStatus.ReplyBlocked(int on) -> "reply-blocked on " + name(on, bench);
      case TaskStatus.EventBlocked(int event) -> "event-blocked on " + event;
      case TaskStatus.InCall(String call) -> "in " + call;
      case TaskStatus.NeverStarted(int priority) ->
          "never started, for its priority " + priority + " does not exist";
      case TaskStatus.Lost() -> "lost by the kernel";
      case TaskStatus.Exited() -> "gone";
    };
  }

  private void section(String title, List<String> content) {
    if (!content.isEmpty()) {
      lines.add(title + ":");
      content.forEach(each -> lines.add("  " + each));
    }
  }
}
