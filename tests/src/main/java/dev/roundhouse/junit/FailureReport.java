package dev.roundhouse.junit;

import dev.roundhouse.emulator.process.Launcher;
import dev.roundhouse.emulator.testing.Situation;
import dev.roundhouse.emulator.testing.TestMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells of a machine in a test that failed: what it printed, its tasks, its latest events. */
final class FailureReport {
  private static final int EVENTS = 25;
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
    Situation.of(bench).forEach(this::line);
    section("latest events", bench.timeline().tail(EVENTS));
    recording();
    return text.toString().stripTrailing();
  }

  private String state() {
    return bench.result().map(result -> result.end().text()).orElse("it was still running");
  }

  private void recording() {
    String name = test.length() > LONGEST_NAME ? test.substring(0, LONGEST_NAME) : test;
    Path file = folder.resolve(name + ".rec").toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      machine.record(file);
      line("recording: " + file);
      line("again:     " + Launcher.of(System.getenv()).line("replay", file.toString()));
    } catch (IOException | RuntimeException e) {
      line("no recording: " + e.getMessage());
    }
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
