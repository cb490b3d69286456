package dev.roundhouse.emulator.trackserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.observe.LineWatch;
import dev.roundhouse.emulator.process.HostFailure;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Control software by Ethernet, against a simulated Central Station in real time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CanTrackServerTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final String GO = "000003000500000000010000 00".replace(" ", "");
  private static final String GONE = "00013b110500000000010000 00".replace(" ", "");

  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final TrackServer server =
      new TrackServer(
          TrainSetPlan.on(Layout.trackC()).train(14, "C13").plan(),
          TrackServer.Patience.WAITS,
          new TrackServer.Listeners(
              new SilentTrace(), (where, what) -> {}, LineWatch.none(), notices::add));

  @AfterEach
  void close() {
    server.close();
  }

  private Socket client() throws IOException, HostFailure {
    int port = server.listen(new InetSocketAddress(HERE, 0));
    server.start();
    return client(port);
  }

  private static Socket client(int port) throws IOException {
    Socket client = new Socket(HERE, port);
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  /** A frame of hexadecimal digits, which may have spaces, filled up with zeros. */
  private static byte[] bytes(String frame) {
    String digits = frame.replace(" ", "");
    return HexFormat.of().parseHex((digits + "0".repeat(26)).substring(0, 26));
  }

  private static void send(Socket client, String frame) throws IOException {
    client.getOutputStream().write(bytes(frame));
  }

  private static String next(Socket client) throws IOException {
    byte[] frame = new byte[13];
    new DataInputStream(client.getInputStream()).readFully(frame);
    return HexFormat.of().formatHex(frame);
  }

  @Test
  void aClientByTcpPowersTheTrackDrivesATrainThrowsATurnoutAndSeesSensors() throws Exception {
    try (Socket client = client()) {
      send(client, GO);
      assertThat(next(client)).isEqualTo(GONE);
      send(client, "0016 0300 06 00003005 00 01");
      assertThat(next(client)).startsWith("00173b1106000030050001");
      send(client, "0008 0300 06 0000000e 03e8");
      assertThat(next(client)).startsWith("00093b11060000000e03e8");
      assertThat(next(client)).startsWith("00173b1106000030050000");
      assertThat(next(client)).startsWith("00233b11080000004700 01".replace(" ", ""));
    }
  }

  @Test
  void framesMayComeInPiecesAndTogether() throws Exception {
    try (Socket client = client()) {
      byte[] frame = bytes(GO);
      for (byte each : frame) {
        client.getOutputStream().write(each);
      }
      assertThat(next(client)).isEqualTo(GONE);
      byte[] many = new byte[13 * 1000];
      for (int n = 0; n < 1000; n++) {
        System.arraycopy(frame, 0, many, n * 13, 13);
      }
      client.getOutputStream().write(many);
      for (int n = 0; n < 1000; n++) {
        assertThat(next(client)).isEqualTo(GONE);
      }
    }
  }

  @Test
  void aFloodByOneLeavesAnotherItsAnswer() throws Exception {
    int port = server.listen(new InetSocketAddress(HERE, 0));
    server.start();
    try (Socket flooding = client(port);
        Socket other = client(port)) {
      byte[] flood = new byte[13 * 1000];
      for (int n = 0; n < 1000; n++) {
        System.arraycopy(bytes(GO), 0, flood, n * 13, 13);
      }
      flooding.getOutputStream().write(flood);
      for (int n = 0; n < 10; n++) {
        assertThat(next(flooding)).isEqualTo(GONE);
      }
      send(other, "0030 4711 00");
      int heard = 0;
      while (!next(other).startsWith("00313b11")) {
        heard++;
      }
      assertThat(heard).isLessThan(1000);
    }
  }

  @Test
  void eachHearsTheOthersCommandsAndAllAnswersButNotItsOwnCommands() throws Exception {
    int port = server.listen(new InetSocketAddress(HERE, 0));
    server.start();
    try (Socket one = client(port);
        Socket other = client(port)) {
      send(other, "0030 4711 00");
      assertThat(next(other)).startsWith("00313b1108 4353a442".replace(" ", ""));
      assertThat(next(other)).startsWith("0031471108 4353a443".replace(" ", ""));
      assertThat(next(one)).startsWith("0030471100");
      assertThat(next(one)).startsWith("00313b11");
      assertThat(next(one)).startsWith("00314711");
      send(one, GO);
      assertThat(next(one)).isEqualTo(GONE);
      assertThat(next(other)).startsWith(GO.substring(0, 18));
      assertThat(next(other)).isEqualTo(GONE);
    }
  }

  @Test
  void whatIsNoFrameIsDroppedAndToldOnceAndTheNextIsHeard() throws Exception {
    try (Socket client = client()) {
      send(client, "0000 0300 09 0000000001");
      send(client, "ffff ffff 05 0000000001");
      send(client, "0000 0300 ff 0000000001");
      send(client, GO);
      assertThat(next(client)).isEqualTo(GONE);
      assertThat(notices).filteredOn(notice -> notice.contains("no frame")).hasSize(1);
    }
  }

  @Test
  void aClientByUdpIsAnsweredAtTheClientsPort() throws Exception {
    try (DatagramSocket ears = new DatagramSocket(new InetSocketAddress(HERE, 0));
        DatagramSocket mouth = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
      ears.setSoTimeout(PATIENCE_MILLIS);
      mouth.setSoTimeout(PATIENCE_MILLIS);
      int port = server.listenToDatagrams(new InetSocketAddress(HERE, 0), ears.getLocalPort());
      server.start();
      mouth.send(new DatagramPacket(new byte[12], 12, HERE, port));
      mouth.send(new DatagramPacket(new byte[0], 0, HERE, port));
      mouth.send(new DatagramPacket(new byte[14], 14, HERE, port));
      mouth.send(new DatagramPacket(bytes(GO), 13, HERE, port));
      DatagramPacket answer = new DatagramPacket(new byte[20], 20);
      ears.receive(answer);
      assertThat(answer.getLength()).isEqualTo(13);
      assertThat(HexFormat.of().formatHex(answer.getData(), 0, 13)).isEqualTo(GONE);
      assertThat(answer.getPort()).isEqualTo(port);
      assertThat(notices).filteredOn(notice -> notice.contains("no frame")).hasSize(1);
      mouth.receive(answer);
      assertThat(HexFormat.of().formatHex(answer.getData(), 0, 13)).isEqualTo(GONE);
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
      assertThatThrownBy(() ->
              server.listenToDatagrams(new InetSocketAddress(HERE, taken.getLocalPort()), 15_730))
          .isInstanceOf(HostFailure.class)
          .hasMessageContaining("--udp: cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }
}
