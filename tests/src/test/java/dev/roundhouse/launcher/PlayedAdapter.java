package dev.roundhouse.launcher;

import dev.roundhouse.emulator.platform.PseudoTerminal;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SLCAN adapter at a pseudo-terminal, on the bus of a station that is served by TCP. */
final class PlayedAdapter implements AutoCloseable {
  private static final int WAIT_MILLIS = 20;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final PseudoTerminal pty = PseudoTerminal.open();
  private final Socket station;
  private final Map<String, String> refusals;
  private volatile boolean isClosed;

  /** Each line that it was sent. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  /** An adapter that answers some commands with other text than the end of a line. */
  PlayedAdapter(int port, Map<String, String> refusals) throws IOException {
    this.refusals = refusals;
    station = new Socket(InetAddress.getLoopbackAddress(), port);
    Thread.ofPlatform().daemon().start(this::take);
    Thread.ofPlatform().daemon().start(this::give);
  }

  String path() {
    return pty.path();
  }

  private void take() {
    StringBuilder line = new StringBuilder();
    byte[] chunk = new byte[256];
    try {
      while (!isClosed) {
        int count = pty.read(chunk, WAIT_MILLIS);
        for (int i = 0; i < count; i++) {
          if (chunk[i] == '\r') {
            act(line.toString());
            line.setLength(0);
          } else {
            line.append((char) chunk[i]);
          }
        }
      }
    } catch (IOException e) {
      isClosed = true;
    }
  }

  private void act(String line) throws IOException {
    if (line.startsWith("T")) {
      heard.add(line);
      String bytes = line.substring(1, 9) + "0" + line.substring(9) + "0".repeat(16);
      station.getOutputStream().write(HEX.parseHex(bytes.substring(0, 26)));
    }
    answer(refusals.getOrDefault(line, line.startsWith("T") ? "Z\r" : "\r"));
  }

  private void give() {
    byte[] frame = new byte[13];
    try (DataInputStream from = new DataInputStream(station.getInputStream())) {
      while (!isClosed) {
        from.readFully(frame);
        String hex = HEX.formatHex(frame);
        answer("T" + hex.substring(0, 8) + frame[4] + hex.substring(10, 10 + 2 * frame[4]) + "\r");
      }
    } catch (IOException e) {
      isClosed = true;
    }
  }

  private synchronized void answer(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    pty.write(bytes, 0, bytes.length, WAIT_MILLIS);
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    station.close();
    pty.close();
  }
}
