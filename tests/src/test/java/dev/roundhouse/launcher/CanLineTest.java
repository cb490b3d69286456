package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.observe.LineWatch;
import dev.roundhouse.emulator.platform.PseudoTerminal;
import dev.roundhouse.emulator.process.HostAbilities;
import dev.roundhouse.emulator.trackserver.TrackServer;
import dev.roundhouse.system.Images;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A kernel's CAN bus, an SLCAN adapter at a pseudo-terminal, and our own box and track there. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CanLineTest {
  private static final String STOP = "T0000C30050000000000";
  private static final String SPEED_OF_STEP_10 = "T0008C30060000000E02B6";
  private static final int WAITS = 500;

  @TempDir private Path folder;
  private TrackServer track;
  private int port;

  @BeforeEach
  void serve() throws Exception {
    String offer = HostAbilities.pseudoTerminals();
    assumeTrue(offer.startsWith("available"), "pseudo-terminals: " + offer);
    track =
        new TrackServer(
            TrainSetPlan.on(Layout.trackC()).train(14, "C13").plan(),
            TrackServer.Patience.WAITS,
            new TrackServer.Listeners(new SilentTrace(), (_, _) -> {}, LineWatch.none(), _ -> {}));
    port = track.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    track.start();
  }

  @AfterEach
  void close() {
    if (track != null) {
      track.close();
    }
  }

  private PlayedAdapter adapter() throws IOException {
    return new PlayedAdapter(port, Map.of());
  }

  private Roundhouse boot(PlayedAdapter adapter, String... more) throws IOException {
    Path kernel =
        Files.write(
            folder.resolve("can_terminal.elf"),
            Images.resource("/dev/roundhouse/firmware/kernels/can_terminal.elf"));
    List<String> words =
        new ArrayList<>(List.of("boot", kernel.toString(), "--no-reboot", "--can"));
    words.add("serial:" + adapter.path());
    words.addAll(List.of(more));
    return new Roundhouse(folder, words.toArray(new String[0]));
  }

  private static void await(PlayedAdapter adapter, String line) throws InterruptedException {
    for (int i = 0; i < WAITS && !adapter.heard.contains(line); i++) {
      Thread.sleep(20);
    }
    assertThat(adapter.heard).contains(line);
  }

  @Test
  void aSessionOnABusReplaysWithoutItAndLeavesTheTrainsStopped() throws Exception {
    try (PlayedAdapter adapter = adapter()) {
      String recording = folder.resolve("run.rec").toString();
      Roundhouse.Result live =
          boot(adapter, "--record", recording, "--can-speed-cap", "386")
              .input("tr 14 10\rsw 5 c\rwait 1\rq\r")
              .run()
              .isTidy();
      // Whether the answer comes within the guest's 100 ms depends on how busy this host is.
      assertThat(live.out()).contains("0 times frames were lost");
      assertThat(live.err()).contains("CAN: speed 694 becomes 386", "CAN: the trains are stopped");
      assertThat(adapter.heard).contains("T0008C30060000000E0182").endsWith(STOP);
      track.close();
      Roundhouse.Result replayed = new Roundhouse(folder, "replay", recording).run().isTidy();
      assertThat(replayed.err()).contains("identical");
      assertThat(replayed.out()).isEqualTo(live.out());
      Roundhouse.Result shown = new Roundhouse(folder, "monitor", recording).run().isTidy();
      assertThat(shown.out())
          .contains("CAN  -> box  0008C300#0000000E02B6      train 14: speed 694 (step 10)")
          .contains("CAN  <- box  00093B11#0000000E0182      train 14: speed 386 (step 6)");
    }
  }

  @Test
  void aProcessThatDiesWithoutAChanceStopsTheTrainsToo() throws Exception {
    try (PlayedAdapter adapter = adapter()) {
      Process process = boot(adapter).input("tr 14 10\rwait 60\r").start();
      await(adapter, SPEED_OF_STEP_10);
      process.destroyForcibly().waitFor();
      await(adapter, STOP);
    }
  }

  @Test
  void aSignalStopsTheTrains() throws Exception {
    try (PlayedAdapter adapter = adapter()) {
      Roundhouse boot = boot(adapter, "--can-dry-run").input("tr 14 10\rwait 60\r");
      Process process = boot.start();
      for (int i = 0; i < WAITS && !boot.read("stderr").contains("dry run, not sent: "); i++) {
        Thread.sleep(20);
      }
      process.destroy();
      Roundhouse.Result result = boot.await(process).isTidy();
      assertThat(result.exitCode()).isEqualTo(143);
      assertThat(result.err()).contains("CAN: the trains are stopped");
      assertThat(adapter.heard).contains(STOP).noneMatch(line -> line.startsWith("T0008"));
    }
  }

  @Test
  void whatIsTypedAtAMonitorGoesToTheBusAndIsShown() throws Exception {
    try (PlayedAdapter adapter = adapter()) {
      Roundhouse.Result shown =
          new Roundhouse(folder, "monitor", "--can", "serial:" + adapter.path(), "--for", "300ms")
              .input("go; speed 14 10\nsensors\n")
              .run()
              .isTidy();
      assertThat(shown.out())
          .contains("-> box  0000C300#0000000001        go: power on")
          .contains("<- box  00093B11#0000000E02B6      train 14: speed 694 (step 10)")
          .contains("module 1: none", "stop: power off");
      assertThat(adapter.heard).contains(SPEED_OF_STEP_10).endsWith(STOP);
    }
  }

  @Test
  void anAdapterThatCannotDoTheRateOrHasNoStationIsRefused() throws Exception {
    try (PlayedAdapter slow = new PlayedAdapter(port, Map.of("S5", "\u0007"))) {
      boot(slow).run().isTidy().isRefusedWith(2, "--can serial:", "cannot do 250 kbit/s (S5)");
    }
    track.close();
    try (PseudoTerminal silent = PseudoTerminal.open()) {
      new Roundhouse(folder, "monitor", "--can", "serial:" + silent.path())
          .run()
          .isTidy()
          .isRefusedWith(2, "no station answers a ping");
    }
  }
}
