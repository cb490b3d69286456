package dev.roundhouse.cli.scenario;

import dev.roundhouse.cli.scenario.Scenario.Expected;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.text.SimilarNames;
import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.track.Track;
import dev.roundhouse.devices.train.track.TrackDistance;
import dev.roundhouse.devices.train.track.TrainView;
import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.emulator.tasks.TaskInfo;
import dev.roundhouse.emulator.testing.Condition;
import dev.roundhouse.emulator.testing.EventCondition;
import dev.roundhouse.emulator.testing.ScreenShows;
import dev.roundhouse.emulator.testing.TestMachine;
import dev.roundhouse.emulator.testing.TrainAtRest;
import dev.roundhouse.emulator.testing.Transcript;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;

/** What a scenario expects, as conditions of its bench. */
final class Conditions {
  private static final String ENTRY = "user_entry";

  private final TestMachine bench;

  /** For each UART, up to where its output has been found already. */
  private final SortedMap<Integer, Long> found = new TreeMap<>();

  Conditions(TestMachine bench) {
    this.bench = bench;
  }

  /**
   * The condition of an expectation.
   *
   * @throws IllegalArgumentException if the machine has not what it is about
   */
  Condition of(Expected expected) {
    return switch (expected) {
      case Expected.Printed printed -> new Prints(printed);
      case Expected.Shown(int uart, String text) -> new ScreenShows(bench, uart, text);
      case Expected.InState(String program, String state) -> new InState(program, state);
      case Expected.At(int train, String sensor) -> {
        requireOnTrack(train, sensor);
        yield new EventCondition(
            bench.timeline(),
            "train " + train + " reaches " + sensor,
            new TrainEvent.SensorTriggered(sensor, train)::equals);
      }
      case Expected.StopsAt stop -> {
        requireOnTrack(stop.train(), stop.sensor());
        yield new StopsAt(stop);
      }
      case Expected.End(String word) -> new Ends(word);
    };
  }

  private void requireOnTrack(int train, String sensor) {
    Track track = track();
    if (track.view(train).isEmpty()) {
      throw new IllegalArgumentException(
          "train "
              + train
              + " is not on the track; on it are "
              + track.trains().stream().map(TrainView::number).toList()
              + "; put it there by \"trains\"");
    }
    if (track.layout().node(sensor).isEmpty()) {
      throw new IllegalArgumentException(
          "the track has no "
              + Printable.line(sensor, YamlFile.LONGEST_SHOWN)
              + SimilarNames.hint(sensor, track.layout().sensors()));
    }
  }

  private Track track() {
    return bench
        .trains()
        .orElseThrow(() ->
            new IllegalArgumentException("there is no track; give the scenario one by \"track\""))
        .track();
  }

  /** Text that a UART prints, behind all that was expected of it before. */
  private final class Prints implements Condition {
    private final Expected.Printed wanted;
    private final long from;

    Prints(Expected.Printed wanted) {
      this.wanted = wanted;
      from = found.getOrDefault(wanted.uart(), 0L);
    }

    @Override
    public boolean holds() {
      String output = bench.transcript(wanted.uart()).textFrom(from);
      Matcher matcher = wanted.pattern().matcher(new BoundedText(output));
      boolean isThere = matcher.find();
      if (isThere) {
        long forgotten = Math.max(0, bench.transcript(wanted.uart()).length() - output.length());
        found.put(wanted.uart(), forgotten + matcher.end());
      }
      return isThere;
    }

    @Override
    public String text() {
      return "UART" + wanted.uart() + " prints " + wanted.text();
    }

    @Override
    public String present() {
      Transcript transcript = bench.transcript(wanted.uart());
      if (from > 0 && wanted.pattern().matcher(new BoundedText(transcript.text())).find()) {
        return "it printed that before, in front of what an earlier step has found";
      }
      return transcript.textFrom(from).isEmpty()
          ? "it printed nothing more"
          : "it printed something else";
    }

    @Override
    public boolean mayHoldAfter(TraceEvent event) {
      return event instanceof DeviceEvent.FrameSent;
    }
  }

  /** A program's only task is in a state. */
  private final class InState implements Condition {
    private final String program;
    private final String state;

    InState(String program, String state) {
      this.program = program;
      this.state = state;
    }

    @Override
    public boolean holds() {
      return word().filter(state::equals).isPresent();
    }

    private Optional<String> word() {
      List<Integer> tids = tids();
      return tids.size() == 1
          ? Optional.of(bench.tasks().status(tids.getFirst()).word())
          : Optional.empty();
    }

    /** By its number, or by the program that it was ever made of; of several not the entry. */
    private List<Integer> tids() {
      if (program.matches("\\d{1,9}")) {
        return List.of(Integer.parseInt(program));
      }
      if (program.equals(ENTRY)) {
        return List.of(1);
      }
      List<Integer> all = bench.timeline().tids(program).stream().map(Tid::value).toList();
      List<Integer> loaded = all.size() > 1 ? all.stream().filter(tid -> tid != 1).toList() : all;
      return loaded.isEmpty()
          ? bench.tasks().living().stream()
              .filter(task -> task.program().filter(program::equals).isPresent())
              .map(TaskInfo::tid)
              .toList()
          : loaded;
    }

    @Override
    public String text() {
      return "task " + program + " is " + state;
    }

    @Override
    public String present() {
      return word().map(word -> "it is " + word).orElseGet(this::howMany);
    }

    private String howMany() {
      List<Integer> tids = tids();
      return tids.isEmpty()
          ? "there is no such task" + SimilarNames.hint(program, bench.timeline().programs())
          : "there are " + tids.size() + " tasks of it, " + tids + "; give one's number";
    }

    @Override
    public boolean mayHoldAfter(TraceEvent event) {
      return event instanceof KernelEvent || event instanceof KernelStep;
    }
  }

  /** A train comes to rest near a sensor. */
  private final class StopsAt implements Condition {
    private final Expected.StopsAt wanted;
    private final TrainAtRest rest;

    StopsAt(Expected.StopsAt wanted) {
      this.wanted = wanted;
      rest = new TrainAtRest(bench, wanted.train(), TrainAtRest.USUAL);
    }

    @Override
    public boolean holds() {
      return rest.holds() && distance() <= wanted.millimetres();
    }

    private double distance() {
      Track track = track();
      var sensor = track.layout().node(wanted.sensor()).orElseThrow();
      return new TrackDistance(track.layout())
          .between(track.view(wanted.train()).orElseThrow().pickUp(), sensor)
          .orElse(Double.POSITIVE_INFINITY);
    }

    @Override
    public String text() {
      return "train %d stops within %d mm of %s"
          .formatted(wanted.train(), wanted.millimetres(), wanted.sensor());
    }

    @Override
    public String present() {
      return String.format(Locale.ROOT, "it is %.0f mm away; %s", distance(), rest.present());
    }

    @Override
    public boolean mayHoldAfter(TraceEvent event) {
      return rest.mayHoldAfter(event);
    }
  }

  /** The run ends. */
  private final class Ends implements Condition {
    private final String word;

    Ends(String word) {
      this.word = word;
    }

    @Override
    public boolean holds() {
      return bench.result().map(RunResult::end).map(RunEnd::word).filter(word::equals).isPresent();
    }

    @Override
    public String text() {
      return "the run ends by " + word;
    }

    @Override
    public boolean mayHoldAfter(TraceEvent event) {
      return false;
    }
  }
}
