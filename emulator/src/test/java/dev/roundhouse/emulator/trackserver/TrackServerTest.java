package dev.roundhouse.emulator.trackserver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.observe.LineWatch;
import dev.roundhouse.emulator.process.HostAbilities;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.trackserver.TrackServer.Patience;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the kinds that exist, against the simulated set in real time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrackServerTest implements TraceSink {
  private static final int PATIENCE_MILLIS = 20_000;

  private final List<TraceEvent> events = new CopyOnWriteArrayList<>();
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private TrackServer server = serving(Patience.WAITS);

  private TrackServer serving(Patience patience) {
    TrainSetPlan plan = TrainSetPlan.on(Layout.trackA()).train(24, "C13").plan();
    return new TrackServer(
        plan,
        patience,
        new TrackServer.Listeners(
            this, (where, what) -> warnings.add(what), LineWatch.none(), notices::add));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Socket client() throws Exception {
    int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.start();
    return client(port);
  }

  private static Socket client(int port) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  private static void send(Socket client, int... bytes) throws IOException {
    byte[] chunk = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      chunk[i] = (byte) bytes[i];
    }
    client.getOutputStream().write(chunk);
  }

  private static byte[] read(Socket client, int count) throws IOException {
    return client.getInputStream().readNBytes(count);
  }

  /** Waits for an event. */
  private void await(TrainEvent event) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (!events.contains(event) && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(events).contains(event);
  }

  private List<String> commands() {
    List<String> commands = new ArrayList<>();
    events.forEach(event -> {
      if (event instanceof TrainEvent.CommandTaken(String command)) {
        commands.add(command);
      }
    });
    return commands;
  }

  /** As srcpd: 97 97, on go 96 96, initialisation, then modules 1 to 5 one at a time. */
  @Test
  void aClientThatPollsModulesOneByOneMovesATrainAndSeesItsSensor() throws Exception {
    try (Socket client = client()) {
      send(client, 97, 97, 96, 96, 192);
      send(client, 0, 24, 15, 24, 15, 24, 64, 24, 26, 24);
      boolean hasSeenE7 = false;
      for (int round = 0; round < 150 && !hasSeenE7; round++) {
        for (int module = 1; module <= 5; module++) {
          send(client, 192 + module);
          byte[] contacts = read(client, 2);
          hasSeenE7 |= module == 5 && (contacts[0] & 0x02) != 0;
        }
      }
      assertThat(hasSeenE7).isTrue();
      send(client, 34, 5);
      Thread.sleep(150);
      send(client, 32);
      await(new TrainEvent.TurnoutThrown(5, Position.CURVED));
    }
    assertThat(warnings).isEmpty();
  }

  /** As RailControl: five modules at a time, the next read before the answer has come. */
  @Test
  void aClientThatPollsBackToBackWithoutFlowControlGetsEveryAnswer() throws Exception {
    try (Socket client = client()) {
      send(client, 133, 133, 133, 133, 133);
      assertThat(read(client, 50)).hasSize(50);
      send(client, 34, 5);
      send(client, 32, 5);
      send(client, 133);
      assertThat(read(client, 10)).hasSize(10);
    }
    assertThat(commands()).endsWith("SolenoidOff[]", "ReadSensors[first=1, last=5]");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aStrayNumberBeforeTheNextTurnoutInOneWriteIsDropped() throws Exception {
    try (Socket client = client()) {
      send(client, 33, 5, 32, 5, 34, 6, 32, 6, 133);
      assertThat(read(client, 10)).hasSize(10);
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void aClientThatIgnoresClearToSendLosesBytesIfThatIsWanted() throws Exception {
    server = serving(Patience.LOSSY);
    try (Socket client = client()) {
      send(client, 96, 10, 24, 12, 24, 14, 24);
      Thread.sleep(300);
    }
    assertThat(warnings).anyMatch(line -> line.startsWith("sent while not clear"));
    assertThat(commands()).doesNotContain("Speed[locomotive=24, level=14, light=OFF]");
  }

  @Test
  void clientsComeOneAfterAnotherAndShortOnesAreObeyed() throws Exception {
    int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.start();
    try (Socket first = client(port)) {
      send(first, 10, 24);
    }
    await(new TrainEvent.SpeedChanging(24, 10));
    try (Socket second = client(port)) {
      send(second, 193);
      assertThat(read(second, 2)).hasSize(2);
    }
  }

  @Test
  void aDeadOrSlowClientHurtsNobody() throws Exception {
    int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.start();
    try (Socket dead = client(port);
        Socket half = client(port);
        Socket greedy = client(port);
        Socket good = client(port)) {
      dead.setTcpNoDelay(true);
      send(half, 10);
      for (int i = 0; i < 3; i++) {
        greedy.getOutputStream().write("\u0085".repeat(200).getBytes(ISO_8859_1));
      }
      long start = System.nanoTime();
      send(good, 193);
      assertThat(read(good, 2)).hasSize(2);
      assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }
  }

  @Test
  void whatAClientLeavesBehindIsServedForASecondAndThenDropped() throws Exception {
    int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.start();
    try (Socket orphan = client(port)) {
      byte[] bytes = new byte[100_000];
      for (int i = 0; i < bytes.length; i += 4) {
        bytes[i] = 10;
        bytes[i + 1] = 24;
        bytes[i + 3] = 24;
      }
      orphan.getOutputStream().write(bytes);
    }
    while (notices.stream().noneMatch(notice -> notice.endsWith("they are dropped"))) {
      Thread.sleep(20);
    }
    long taken = events.stream().filter(TrainEvent.CommandTaken.class::isInstance).count();
    assertThat(taken).isBetween(1L, 300L);
    try (Socket next = client(port)) {
      send(next, 133);
      assertThat(next.getInputStream().readNBytes(10)).hasSize(10);
    }
  }

  @Test
  void whatAClientThatLeftWantedToReadIsNotRead() throws Exception {
    int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.start();
    try (Socket gone = client(port)) {
      gone.getOutputStream().write("\u0085".repeat(500).getBytes(ISO_8859_1));
      read(gone, 1);
    }
    try (Socket next = client(port)) {
      send(next, 193);
      assertThat(read(next, 2)).hasSize(2);
      next.setSoTimeout(300);
      assertThatThrownBy(() -> read(next, 1)).hasMessageContaining("timed out");
    }
  }

  @Test
  void aPseudoTerminalWithALinkServesToo() throws Exception {
    String offer = HostAbilities.pseudoTerminals();
    assumeTrue(offer.startsWith("available"), "pseudo-terminals: " + offer);
    Path link = folder.resolve("marklin");
    server.openPty(Optional.of(link));
    server.start();
    try (FileOutputStream out = new FileOutputStream(link.toFile());
        FileInputStream in = new FileInputStream(link.toFile())) {
      out.write(new byte[] {(byte) 193, (byte) 194});
      assertThat(in.readNBytes(4)).hasSize(4);
    }
    server.close();
    assertThat(Files.exists(link)).isFalse();
  }

  @Test
  void whoClosesSecondWaitsUntilNothingIsLeftBehind() throws Exception {
    String offer = HostAbilities.pseudoTerminals();
    assumeTrue(offer.startsWith("available"), "pseudo-terminals: " + offer);
    for (int turn = 0; turn < 8; turn++) {
      Path link = folder.resolve("marklin" + turn);
      TrackServer closedTwice = serving(Patience.WAITS);
      closedTwice.openPty(Optional.of(link));
      Thread first = Thread.startVirtualThread(closedTwice::close);
      closedTwice.close();
      assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
      first.join();
    }
  }

  @Test
  void aLinkInTheWayIsOneClearLine() throws Exception {
    Path file = Files.createFile(folder.resolve("taken"));
    assertThatThrownBy(() -> server.openPty(Optional.of(file)))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("there is something already");
  }

  @Test
  void aPortInUseIsOneClearLine() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int port = server.listen(new InetSocketAddress(loopback, 0));
    assertThatThrownBy(() -> server.listen(new InetSocketAddress(loopback, port)))
        .isInstanceOf(HostFailure.class)
        .hasMessageStartingWith("--tcp 127.0.0.1:" + port + ": cannot listen there (");
  }

  @Test
  void itListensAtTheAddressThatWasGivenAndNoOther() throws Exception {
    int port = server.listen(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
    connectTo("127.0.0.2", port);
    assertThatThrownBy(() -> connectTo("127.0.0.1", port)).isInstanceOf(ConnectException.class);
  }

  @Test
  void allAddressesOfVersion4AreNoneOfVersion6() throws Exception {
    int port = server.listen(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0));
    connectTo("127.0.0.1", port);
    assertThatThrownBy(() -> connectTo("::1", port)).isInstanceOf(SocketException.class);
  }

  private static void connectTo(String address, int port) throws IOException {
    new Socket(InetAddress.getByName(address), port).close();
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent event) {
    events.add(event);
  }
}
