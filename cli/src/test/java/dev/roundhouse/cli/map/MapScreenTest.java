package dev.roundhouse.cli.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.platform.PseudoTerminal;
import dev.roundhouse.emulator.process.Display;
import dev.roundhouse.emulator.process.Endings;
import dev.roundhouse.emulator.process.ScreenSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapScreenTest {
  private static final int WAIT_MILLIS = 20;
  private static final int MOST_WAITS = 250;

  private PseudoTerminal terminal;
  private final StringBuilder shown = new StringBuilder();

  @BeforeEach
  void openTerminal() {
    try {
      terminal = PseudoTerminal.open();
    } catch (IOException none) {
      abort("this host has no pseudo-terminals: " + none.getMessage());
    }
  }

  @AfterEach
  void closeTerminal() {
    if (terminal != null) {
      terminal.close();
    }
  }

  private void await(String text) throws IOException {
    byte[] chunk = new byte[4096];
    for (int waits = 0; waits < MOST_WAITS && shown.indexOf(text) < 0; waits++) {
      int count = terminal.read(chunk, WAIT_MILLIS);
      shown.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
    }
    assertThat(shown).contains(text);
  }

  private static TrackSnapshot after(double seconds) {
    DrivenTrack track = new DrivenTrack(TrainSetPlan.on(Layout.trackA()).train(24, "C13").plan());
    return track.speed(24, 10).seconds(seconds).look();
  }

  private MapScreen open() throws IOException {
    Display display = Display.at(Path.of(terminal.path()));
    return MapScreen.open(
        new TrackMap(Glyphs.ASCII), display, MapScreen.Colours.OFF, Endings.ofPart());
  }

  @Test
  void theTerminalShowsTheTrackAndIsGivenBack() throws IOException {
    try (MapScreen screen = open()) {
      await("\u001b[?1049h\u001b[?25l");
      TrackSnapshot early = after(0.5);
      screen.look(early.nanos(), () -> early);
      await("0:00.5  power on");
      TrackSnapshot late = after(1.5);
      for (int i = 0; i < MOST_WAITS && shown.indexOf("0:01.5") < 0; i++) {
        screen.look(late.nanos(), () -> late);
        byte[] chunk = new byte[4096];
        int count = terminal.read(chunk, WAIT_MILLIS);
        shown.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
      }
    }
    await("0:01.5  power on");
    await("\u001b[0m\u001b[?25h\u001b[?1049l");
  }

  @Test
  void theLastLinesThatWereSaidAreBeneathTheMap() throws IOException {
    try (MapScreen screen = open()) {
      screen.say("one");
      screen.say("two");
      screen.say("three\u001b[2J");
      TrackSnapshot snapshot = after(0.5);
      screen.look(snapshot.nanos(), () -> snapshot);
      await("three\\x1b[2J");
    }
    assertThat(shown).contains("two").doesNotContain("one");
  }

  @Test
  void noColourAndTerminalsOfLinesAreHeeded() {
    assertThat(MapScreen.Colours.fitting(Map.of("NO_COLOR", "1"))).isEqualTo(MapScreen.Colours.OFF);
    assertThat(MapScreen.Colours.fitting(Map.of("NO_COLOR", ""))).isEqualTo(MapScreen.Colours.ON);
    assertThat(MapScreen.isPossible(Map.of("TERM", "dumb"))).isFalse();
    assertThat(MapScreen.isPossible(Map.of())).isFalse();
    assertThat(MapScreen.isPossible(Map.of("TERM", "xterm"))).isTrue();
  }

  @Test
  void aTerminalThatIsGoneDoesNotDisturbTheRun() throws IOException {
    try (MapScreen screen = open()) {
      await("\u001b[?25l");
      terminal.close();
      terminal = null;
      TrackSnapshot snapshot = after(0.5);
      screen.look(snapshot.nanos(), () -> snapshot);
    }
  }

  @Test
  void whatIsNoTerminalIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Display.at(file)).hasMessageContaining("no terminal");
    assertThatThrownBy(() -> Display.at(folder.resolve("missing")))
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void onlyLinesThatChangeAreWrittenAgain() {
    ScreenLines lines = new ScreenLines(new ScreenSize(10, 3));
    assertThat(lines.change(List.of("one", "two")))
        .isEqualTo(
            "\u001b[?2026h\u001b[2J\u001b[1;1H\u001b[Kone\u001b[2;1H\u001b[Ktwo\u001b[?2026l");
    assertThat(lines.change(List.of("one", "new")))
        .isEqualTo("\u001b[?2026h\u001b[2;1H\u001b[Knew\u001b[?2026l");
    assertThat(lines.change(List.of("one")))
        .isEqualTo("\u001b[?2026h\u001b[2;1H\u001b[K\u001b[?2026l");
  }
}
