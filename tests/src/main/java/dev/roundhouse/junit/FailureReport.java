package dev.roundhouse.junit;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.emulator.testing.TestMachine;
import dev.roundhouse.emulator.testing.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells of a machine in a test that failed: what it printed, its tasks, its latest events. */
final class FailureReport {
  private static final int EVENTS = 25;
  private static final int LINES = 12;
  private static final int MOST_COMPLAINTS = 12;
  private static final int LONGEST_NAME = 120;

  private final Machine machine;
  private final TestMachine bench;
  private final String test;
  private final Path folder;
  private final StringBuilder text = new StringBuilder();

  FailureReport(Machine machine, String test, Path folder) {
    this.machine = machine;
    this.bench = machine.bench();
    this.test = test;
    this.folder = folder;
  }

  String text() {
    line("the machine of " + test + ", at " + bench.now() + " of virtual time: " + state());
    bench.report().forEach(this::line);
    printed();
    section("tasks", machine.tasks().stream().map(t -> t + " is " + t.describe()).toList());
    if (bench.trains().isPresent()) {
      section(
          "trains", machine.track().trains().stream().map(t -> t + ": " + t.describe()).toList());
    }
    section("complaints", first(bench.complaints(), MOST_COMPLAINTS));
    section("latest events", bench.timeline().tail(EVENTS));
    recording();
    return text.toString().stripTrailing();
  }

  private String state() {
    return bench.result().map(result -> result.end().text()).orElse("it was still running");
  }

  private void printed() {
    for (int uart : Bcm2711.LINES) {
      boolean isTrack = bench.trackUart().filter(track -> track == uart).isPresent();
      if (!isTrack) {
        Transcript transcript = bench.transcript(uart);
        if (transcript.length() > 0) {
          section(Bcm2711.lineName(uart) + " printed lately", lately(transcript.text()));
        }
      }
    }
  }

  private static List<String> lately(String output) {
    List<String> lines = output.lines().map(FailureReport::printable).toList();
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }

  private static String printable(String line) {
    StringBuilder clean = new StringBuilder();
    line.chars()
        .forEach(c -> {
          if (c < ' ' || c >= 0x7f) {
            clean.append("\\x%02x".formatted(c));
          } else {
            clean.append((char) c);
          }
        });
    return clean.toString();
  }

  private static List<String> first(List<String> lines, int most) {
    return lines.subList(0, Math.min(most, lines.size()));
  }

  private void recording() {
    String name = test.length() > LONGEST_NAME ? test.substring(0, LONGEST_NAME) : test;
    Path file = folder.resolve(name + ".rec").toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      machine.record(file);
      line("recording: " + file);
      line("again:     ./roundhouse replay " + quoted(file));
    } catch (IOException | RuntimeException e) {
      line("no recording: " + e.getMessage());
    }
  }

  private static String quoted(Path file) {
    String path = file.toString();
    return path.matches("[0-9A-Za-z_./+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      line(title + ":");
      lines.forEach(each -> line("  " + each));
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
