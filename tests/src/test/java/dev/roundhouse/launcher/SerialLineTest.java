package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.observe.LineWatch;
import dev.roundhouse.emulator.process.HostAbilities;
import dev.roundhouse.emulator.trackserver.TrackServer;
import dev.roundhouse.system.TrainScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program, its serial line, a pseudo-terminal, and our own box and track behind that. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SerialLineTest {
  private static final int STOP = 97;

  @TempDir private Path folder;
  private final List<Integer> heard = new CopyOnWriteArrayList<>();
  private TrackServer track;
  private String port;

  @BeforeEach
  void serve() throws Exception {
    String offer = HostAbilities.pseudoTerminals();
    assumeTrue(offer.startsWith("available"), "pseudo-terminals: " + offer);
    LineWatch ear =
        new LineWatch() {
          @Override
          public void toBox(long nanos, int value) {
            heard.add(value);
          }

          @Override
          public void fromBox(long nanos, int value) {
            // The program tells.
          }
        };
    track =
        new TrackServer(
            TrainSetPlan.on(Layout.trackA()).train(24, "C13").plan(),
            TrackServer.Patience.WAITS,
            new TrackServer.Listeners(new SilentTrace(), (_, _) -> {}, ear, _ -> {}));
    port = track.openPty(Optional.empty());
    track.start();
  }

  @AfterEach
  void close() {
    if (track != null) {
      track.close();
    }
  }

  private Roundhouse run(byte[] program, String... more) throws IOException {
    Path file = Files.write(folder.resolve("train.elf"), program);
    List<String> words = new ArrayList<>(List.of("run", file.toString(), "--uart"));
    words.addAll(List.of("3=serial:" + port, "--serial-cts", "ignore"));
    words.addAll(List.of(more));
    return new Roundhouse(folder, words.toArray(new String[0]));
  }

  @Test
  void aSessionOnALineReplaysWithoutItAndLeavesTheTrainsStopped() throws Exception {
    byte[] program = new TrainScript().send(192, 96, 10, 24).poll(3).elf();
    String recording = folder.resolve("run.rec").toString();
    Path monitor = folder.resolve("line.txt");
    Roundhouse.Result live =
        run(program, "--record", recording, "--monitor", monitor.toString()).run().isTidy();
    assertThat(live.err()).contains("UART3: the trains are stopped");
    assertThat(live.exitCode()).isZero();
    assertThat(live.out()).hasSize(30);
    assertThat(heard).containsExactly(192, 96, 10, 24, 133, 133, 133, STOP, STOP);
    assertThat(Files.readString(monitor))
        .contains("UART3  -> box   24  0x18  train 24: speed 10")
        .contains("UART3  <- box    0  0x00  module 5, contacts 9 to 16: none");
    track.close();
    Roundhouse.Result replayed = new Roundhouse(folder, "replay", recording).run().isTidy();
    assertThat(replayed.err()).contains("identical");
    assertThat(replayed.out()).isEqualTo(live.out());
    Roundhouse.Result shown = new Roundhouse(folder, "monitor", recording).run().isTidy();
    assertThat(shown.out()).isEqualTo(Files.readString(monitor));
  }

  @Test
  void aSignalStopsTheTrains() throws Exception {
    Roundhouse run = run(new TrainScript().send(96, 10, 24).poll(1000).elf());
    Process process = run.start();
    while (process.isAlive() && !heard.contains(133)) {
      Thread.sleep(20);
    }
    process.destroy();
    Roundhouse.Result result = run.await(process).isTidy();
    assertThat(result.exitCode()).isEqualTo(143);
    assertThat(result.err()).contains("UART3: the trains are stopped");
    assertThat(heard).endsWith(STOP, STOP);
  }

  @Test
  void aProcessThatDiesWithoutAChanceStopsTheTrainsToo() throws Exception {
    Roundhouse run = run(new TrainScript().send(96, 10, 24).poll(1000).elf());
    Process process = run.start();
    while (process.isAlive() && !heard.contains(133)) {
      Thread.sleep(20);
    }
    process.destroyForcibly().waitFor();
    // All three of the guard's, or the last would be heard by the port that gets this one's name.
    for (int i = 0; i < 250 && Collections.frequency(heard, STOP) < 3; i++) {
      Thread.sleep(20);
    }
    assertThat(heard).endsWith(STOP, STOP, STOP);
  }

  @Test
  void limitsHoldOnTheLine() throws Exception {
    byte[] program = new TrainScript().send(96, 14, 24, 34, 5, 32).elf();
    Roundhouse.Result capped = run(program, "--serial-speed-cap", "6").run().isTidy();
    assertThat(capped.exitCode()).isZero();
    assertThat(heard).containsExactly(96, 6, 24, 34, 5, 32, STOP, STOP);
    heard.clear();
    Roundhouse.Result dry = run(program, "--serial-dry-run").run().isTidy();
    assertThat(dry.err()).contains("UART3: dry run, not sent: train 24: speed 14");
    assertThat(heard).containsExactly(STOP, STOP);
  }

  @Test
  void whatAMonitorShowsAsSentIsWhatHasLeft() throws Exception {
    Roundhouse.Result shown =
        new Roundhouse(
                folder,
                "monitor",
                "--uart",
                "3=serial:" + port,
                "--serial-cts",
                "ignore",
                "--serial-speed-cap",
                "6",
                "--for",
                "300ms")
            .input("go; speed 24 14\n")
            .run()
            .isTidy();
    assertThat(shown.out()).contains("-> box   22", "train 24: speed 6, light on");
    assertThat(shown.out()).contains("stop: power off").doesNotContain("speed 14");
    assertThat(heard).containsExactly(96, 22, 24, STOP, STOP);
  }

  @Test
  void aPortWithoutClearToSendIsRefused() throws Exception {
    String hello = Roundhouse.image(folder, "hello");
    new Roundhouse(folder, "run", hello, "--uart", "3=serial:" + port)
        .run()
        .isTidy()
        .isRefusedWith(2, "no clear to send (CTS)", "--serial-cts ignore");
  }
}
