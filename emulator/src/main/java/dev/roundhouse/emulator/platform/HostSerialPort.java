package dev.roundhouse.emulator.platform;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.roundhouse.devices.serial.Parity;
import dev.roundhouse.devices.serial.SerialFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A serial port of the host, by jSerialComm, which has native code for each system. */
public final class HostSerialPort implements SerialConnection {
  // Numbers of errno(3) that Linux and macOS share, but for the two of EAGAIN.
  private static final int ENOENT = 2;
  private static final int EIO = 5;
  private static final int ENXIO = 6;
  private static final int EAGAIN_LINUX = 11;
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int EISDIR = 21;
  private static final int ENOTTY = 25;
  private static final int EAGAIN_MACOS = 35;

  private static final int NO_SLEEP = 0;
  private static final String UNKNOWN = "Unknown";

  private final SerialPort port;
  private final byte[] one = new byte[1];

  private HostSerialPort(SerialPort port) {
    this.port = port;
  }

  /**
   * Opens a port for nobody else to use meanwhile.
   *
   * @param name its path, or its name alone, such as {@code ttyUSB0}
   * @throws IOException when it cannot be opened; the message says why, for the user
   */
  public static HostSerialPort open(String name, SerialFormat format) throws IOException {
    SerialPort port = find(name);
    configure(port, format);
    if (!port.openPort(NO_SLEEP)) {
      throw new IOException(reasonNotToOpen(port));
    }
    port.flushIOBuffers();
    return new HostSerialPort(port);
  }

  /** The path of a port that is there, links followed; else the name as it is. */
  public static String pathOf(String name) {
    try {
      return find(name).getSystemPortPath();
    } catch (IOException e) {
      return name;
    }
  }

  /** The path of what was opened, links followed. */
  public String path() {
    return port.getSystemPortPath();
  }

  private static SerialPort find(String name) throws IOException {
    SerialCode.require();
    try {
      return SerialPort.getCommPort(name);
    } catch (SerialPortInvalidPortException e) {
      throw new IOException(reason(ENOENT), e);
    }
  }

  private static void configure(SerialPort port, SerialFormat format) {
    int stopBits = format.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS;
    port.setComPortParameters(format.baud(), format.dataBits(), stopBits, parity(format.parity()));
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
  }

  private static int parity(Parity parity) {
    return switch (parity) {
      case NONE -> SerialPort.NO_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
      case MARK -> SerialPort.MARK_PARITY;
      case SPACE -> SerialPort.SPACE_PARITY;
    };
  }

  /** The library's own number for a port that this process has open already is ENOENT's. */
  private static String reasonNotToOpen(SerialPort port) {
    int error = port.getLastErrorCode();
    boolean isThere = Files.exists(Path.of(port.getSystemPortPath()));
    return reason(error == ENOENT && isThere ? EBUSY : error);
  }

  private static String reason(int error) {
    return switch (error) {
      case ENOENT, ENXIO -> "no such port: is it plugged in?";
      case EACCES -> "permission denied: on Linux, join the group that owns it, often dialout";
      case EBUSY, EAGAIN_LINUX, EAGAIN_MACOS -> "busy: another program uses it";
      case ENOTTY, EISDIR -> "not a serial port";
      case EIO -> "there is no device behind it";
      default -> "the host refuses it with error " + error;
    };
  }

  /**
   * The host's serial ports. Each is opened for a moment, to see whether it can be.
   *
   * @throws IOException when the host cannot be asked; the message says why, for the user
   */
  public static List<SerialPortDescription> list() throws IOException {
    SerialCode.require();
    List<SerialPortDescription> ports = new ArrayList<>();
    for (SerialPort port : SerialPort.getCommPorts()) {
      ports.add(describe(port));
    }
    return ports;
  }

  private static SerialPortDescription describe(SerialPort port) {
    return new SerialPortDescription(
        port.getSystemPortPath(),
        port.getDescriptivePortName(),
        known(port.getManufacturer()),
        number(port.getVendorID()),
        number(port.getProductID()),
        known(port.getSerialNumber()),
        problem(port));
  }

  private static Optional<String> problem(SerialPort port) {
    if (!port.openPort(NO_SLEEP)) {
      return Optional.of(reasonNotToOpen(port));
    }
    port.closePort();
    return Optional.empty();
  }

  private static Optional<String> known(String text) {
    return Optional.of(text.strip()).filter(said -> !said.isEmpty() && !said.equals(UNKNOWN));
  }

  private static OptionalInt number(int id) {
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * Has {@code hook} run when the process ends by a signal or otherwise, before the library closes
   * all ports.
   */
  public static void beforeExit(Thread hook) {
    SerialPort.addShutdownHook(hook);
  }

  @Override
  public int read(byte[] into) throws IOException {
    int available = port.bytesAvailable();
    if (available == 0) {
      return 0;
    }
    int count = available < 0 ? available : port.readBytes(into, Math.min(available, into.length));
    if (count < 0) {
      throw new IOException(reason(port.getLastErrorCode()));
    }
    return count;
  }

  @Override
  public void write(int value) throws IOException {
    one[0] = (byte) value;
    if (port.writeBytes(one, 1) != 1) {
      throw new IOException(reason(port.getLastErrorCode()));
    }
  }

  @Override
  public boolean isClearToSend() {
    return port.getCTS();
  }

  @Override
  public void close() {
    port.closePort();
  }
}
