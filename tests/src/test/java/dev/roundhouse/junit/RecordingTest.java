package dev.roundhouse.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.Replay;
import dev.roundhouse.emulator.record.ReplayOutcome;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a test types, and whenever: the recording of it replays. */
class RecordingTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatATestDidIsReplayedExactly(long seed) throws Exception {
    SplittableRandom chance = new SplittableRandom(seed);
    Path file = folder.resolve("test.rec");
    try (Machine machine = Machine.setup().image("uart_echo").machine()) {
      for (int step = 0; step < 40; step++) {
        machine.runFor(Duration.ofNanos(chance.nextLong(400_000)));
        machine.console().type("x".repeat(chance.nextInt(6)));
      }
      machine.console().type("\004");
      if (chance.nextBoolean()) {
        machine.console().endInput();
      }
      machine.runFor(Duration.ofMillis(chance.nextLong(30)));
      machine.record(file);
    }
    assertThat(replayed(file)).isInstanceOf(ReplayOutcome.Identical.class);
  }

  private static ReplayOutcome replayed(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      var audience =
          new Replay.Listeners(OutputPort.none(), new SilentTrace(), _ -> {}, (_, _) -> {});
      return new Replay(Recording.read(in))
          .run(Engines.best().engine(), audience, Replay.Observer.NOBODY);
    }
  }
}
