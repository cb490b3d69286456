package dev.roundhouse.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.input.OutputPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final long SECOND = 1_000_000_000;

  private final List<String> said = new ArrayList<>();
  private final List<String> hints = new ArrayList<>();
  private long wall;
  private long virtual;

  private Heartbeat heartbeat(Heartbeat.Kind kind) {
    Heartbeat beat = new Heartbeat(OutputPort.none(), kind, () -> wall, said::add);
    beat.of(
        new Heartbeat.Running() {
          @Override
          public VirtualTime now() {
            return new VirtualTime(virtual);
          }

          @Override
          public String whatRuns() {
            return "tid 3 (clock_server)";
          }

          @Override
          public List<String> hints() {
            return hints;
          }
        });
    return beat;
  }

  private void pass(Heartbeat beat, int seconds, int virtualSeconds) throws IOException {
    wall += seconds * SECOND;
    virtual += virtualSeconds * SECOND;
    beat.flush();
  }

  @Test
  void aSilentRunShowsSignsOfLife() throws IOException {
    Heartbeat beat = heartbeat(new Heartbeat.Kind.Piped());
    pass(beat, 4, 1);
    assertThat(said).isEmpty();
    pass(beat, 2, 2);
    assertThat(said)
        .containsExactly(
            "3.0 s of virtual time, 0.50 times as fast as real time; now tid 3 (clock_server)");
    pass(beat, 5, 500);
    assertThat(said).last().asString().contains("503.0 s", "100 times as fast");
  }

  @Test
  void outputIsASignItself() throws IOException {
    Heartbeat beat = heartbeat(new Heartbeat.Kind.Piped());
    for (int n = 0; n < 5; n++) {
      beat.put('.');
      pass(beat, 4, 4);
    }
    assertThat(said).isEmpty();
  }

  @Test
  void aProgramThatHasPaintedItsScreenIsLeftAlone() throws IOException {
    Heartbeat beat = heartbeat(new Heartbeat.Kind.Interactive());
    pass(beat, 6, 6);
    assertThat(said).hasSize(1);
    beat.put('>');
    pass(beat, 6, 6);
    pass(beat, 60, 60);
    assertThat(said).hasSize(1);
  }

  @Test
  void whyNothingComesIsSaidOnce() throws IOException {
    Heartbeat beat = heartbeat(new Heartbeat.Kind.Piped());
    hints.add("  hint: no stack");
    pass(beat, 6, 6);
    pass(beat, 6, 6);
    assertThat(said).first().asString().endsWith("\n  hint: no stack");
    assertThat(said).last().asString().doesNotContain("hint");
  }

  @Test
  void aReplaySaysHowLongItStillTakes() throws IOException {
    Heartbeat beat = heartbeat(new Heartbeat.Kind.Replayed(new VirtualTime(40 * SECOND)));
    pass(beat, 6, 10);
    assertThat(said).containsExactly("10.0 s of virtual time of 40.0 s (25 %), about 18 s to go");
  }
}
