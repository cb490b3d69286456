package dev.roundhouse.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** A client of the remote protocol that says just what a test wants it to say. */
final class GdbClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  GdbClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Sends bytes as they are. */
  void raw(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** Sends a packet and gives the answer to it. */
  String ask(String data) {
    try {
      raw("$%s#%02x".formatted(data, data.chars().sum() & 0xff));
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next packet from the other side; empty at its end. */
  String answer() throws IOException {
    InputStream in = socket.getInputStream();
    int value = in.read();
    while (value >= 0 && value != '$') {
      value = in.read();
    }
    StringBuilder data = new StringBuilder();
    for (value = in.read(); value >= 0 && value != '#'; value = in.read()) {
      data.append((char) value);
    }
    int _ = in.read();
    int _ = in.read();
    return data.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
