package dev.roundhouse.cli.converter;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code PORT} or {@code ADDRESS:PORT}. */
public final class SocketAddressConverter implements ITypeConverter<InetSocketAddress> {
  private static final int LAST_PORT = 65_535;

  @Override
  public InetSocketAddress convert(String text) {
    int colon = text.lastIndexOf(':');
    int port = port(text.substring(colon + 1), text);
    InetAddress address =
        colon < 0
            ? InetAddress.getLoopbackAddress()
            : new AddressConverter().convert(text.substring(0, colon));
    return new InetSocketAddress(address, port);
  }

  private static int port(String text, String whole) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new TypeConversionException(
        "'" + whole + "' is no TCP port: give 1 to 65535, or 0 for any that is free");
  }
}
