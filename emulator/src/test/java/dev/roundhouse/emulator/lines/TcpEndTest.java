package dev.roundhouse.emulator.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.emulator.process.HostFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TcpEndTest {
  private static final int UART = 3;

  private final Heard heard = new Heard();
  private TcpEnd end;

  @BeforeEach
  void listen() throws Exception {
    end = TcpEnd.open(UART, 0, heard.notices::add);
    heard.start(UART, end);
  }

  @AfterEach
  void close() {
    end.close();
  }

  @Test
  void theUserIsToldWhereItListens() {
    assertThat(heard.notices).containsExactly("UART3: listening on 127.0.0.1:" + end.port());
  }

  @Test
  void bytesGoBothWays() throws Exception {
    try (Socket client = greeted()) {
      Heard.send(end, "to you\u00ff");
      assertThat(read(client, 7)).isEqualTo("to you\u00ff");
    }
    assertThat(end.isLive()).isTrue();
  }

  @Test
  void anotherClientComesWhenOneHasLeftAndInputGoesOn() throws Exception {
    greeted().close();
    try (Socket second = greeted()) {
      Heard.send(end, "2");
      assertThat(read(second, 1)).isEqualTo("2");
    }
  }

  @Test
  void outputWithoutAClientIsDropped() throws Exception {
    Heard.send(end, "nobody hears this");
    try (Socket client = greeted()) {
      Heard.send(end, "x");
      assertThat(read(client, 1)).isEqualTo("x");
    }
    assertThat(heard.notices).hasSize(1);
  }

  @Test
  void aClientThatDoesNotReadHoldsNobodyUpAndIsSaidOnce() throws Exception {
    try (Socket client = greeted()) {
      for (int i = 0; i < 20_000_000; i++) {
        end.attachment().output().put('y');
      }
      assertThat(client.isConnected()).isTrue();
    }
    assertThat(heard.notices)
        .hasSize(2)
        .last()
        .isEqualTo("UART3: the peer does not keep up; output for it is dropped");
  }

  @Test
  void outputUnderWayArrivesBeforeTheEnd() throws Exception {
    try (Socket client = greeted()) {
      Heard.send(end, "last words");
      end.close();
      assertThat(new String(client.getInputStream().readAllBytes(), ISO_8859_1))
          .isEqualTo("last words");
    }
  }

  @Test
  void aPortInUseIsOneClearLine() {
    assertThatThrownBy(() -> TcpEnd.open(UART, end.port(), heard.notices::add))
        .isInstanceOf(HostFailure.class)
        .hasMessageStartingWith("--uart 3=tcp:" + end.port() + ": cannot listen there (")
        .hasMessageEndingWith("give another port, or 0 for any that is free");
  }

  /** A client whose first byte has arrived, so that output goes to it. */
  private Socket greeted() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), end.port());
    client.getOutputStream().write("\u00e9".getBytes(ISO_8859_1));
    assertThat(heard.text(1)).isEqualTo("\u00e9");
    return client;
  }

  private static String read(Socket client, int count) throws IOException {
    return new String(client.getInputStream().readNBytes(count), ISO_8859_1);
  }
}
