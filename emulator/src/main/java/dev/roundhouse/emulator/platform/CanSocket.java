package dev.roundhouse.emulator.platform;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/** A raw socket of Linux's SocketCAN (Linux include/uapi/linux/can.h). One thread uses it. */
public final class CanSocket implements Closeable {
  private static final int AF_CAN = 29;
  private static final int SOCK_RAW = 3;
  private static final int CAN_RAW = 1;
  private static final int MSG_DONTWAIT = 0x40;
  private static final short POLLIN = 1;
  private static final int POLLFD_BYTES = 8;
  private static final int POLLFD_EVENTS = 4;
  private static final int POLLFD_REVENTS = 6;
  private static final int ADDRESS_BYTES = 24;
  private static final int ADDRESS_INDEX = 4;
  private static final int FRAME_BYTES = 16;
  private static final int FRAME_LENGTH = 4;
  private static final int FRAME_DATA = 8;
  private static final ValueLayout.OfLong DATA =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);

  private final NativeFunctions host = NativeFunctions.ofHost();
  private final MethodHandle poll = host.function("poll");
  private final MethodHandle receive = host.function("recv");
  private final MethodHandle send = host.function("send");
  private final int socket;

  /**
   * A frame as the kernel has it.
   *
   * @param id with the flags of {@code canid_t}
   * @param data the first byte highest
   */
  public record Raw(int id, int length, long data) {}

  private CanSocket(int socket) {
    this.socket = socket;
  }

  /**
   * Opens one at an interface.
   *
   * @throws IOException when it cannot be; the message says why, for the user
   */
  public static CanSocket open(String name) throws IOException {
    if (!HostPlatform.current().isLinux()) {
      throw new IOException("SocketCAN is a part of Linux; serial:PORT leads to an SLCAN adapter");
    }
    NativeFunctions host = NativeFunctions.ofHost();
    int opened = call(host.function("socket"), AF_CAN, SOCK_RAW, CAN_RAW, 0);
    if (opened < 0) {
      throw new IOException("this system has no SocketCAN: 'modprobe can_raw' loads it");
    }
    CanSocket socket = new CanSocket(opened);
    try (Arena arena = Arena.ofConfined()) {
      int index =
          call(host.function("if_nametoindex"), arena.allocateFrom(name).address(), 0, 0, 0);
      if (index == 0) {
        throw new IOException("no such interface: 'ip link' lists them");
      }
      MemorySegment address = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
      address.set(JAVA_SHORT, 0, (short) AF_CAN);
      address.set(JAVA_INT, ADDRESS_INDEX, index);
      if (call(host.function("bind"), opened, address.address(), ADDRESS_BYTES, 0) != 0) {
        throw new IOException("not a CAN interface");
      }
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A frame that has come; never waits. */
  public Optional<Raw> receive() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment wanted = arena.allocate(POLLFD_BYTES, Integer.BYTES);
      wanted.set(JAVA_INT, 0, socket);
      wanted.set(JAVA_SHORT, POLLFD_EVENTS, POLLIN);
      if (call(poll, wanted.address(), 1, 0, 0) <= 0) {
        return Optional.empty();
      }
      MemorySegment frame = arena.allocate(FRAME_BYTES, Long.BYTES);
      int count = call(receive, socket, frame.address(), FRAME_BYTES, MSG_DONTWAIT);
      if (count < FRAME_BYTES || wanted.get(JAVA_SHORT, POLLFD_REVENTS) != POLLIN) {
        throw new IOException("the interface is down or gone");
      }
      int length = Byte.toUnsignedInt(frame.get(JAVA_BYTE, FRAME_LENGTH));
      return Optional.of(new Raw(frame.get(JAVA_INT, 0), length, frame.get(DATA, FRAME_DATA)));
    }
  }

  /** Sends a frame. */
  public void send(Raw frame) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(FRAME_BYTES, Long.BYTES);
      bytes.set(JAVA_INT, 0, frame.id());
      bytes.set(JAVA_BYTE, FRAME_LENGTH, (byte) frame.length());
      bytes.set(DATA, FRAME_DATA, frame.data());
      if (call(send, socket, bytes.address(), FRAME_BYTES, MSG_DONTWAIT) != FRAME_BYTES) {
        throw new IOException("the interface takes no frames: is it up, and the box on?");
      }
    }
  }

  @Override
  public void close() {
    int _ = call(host.function("close"), socket, 0, 0, 0);
  }

  private static int call(MethodHandle function, long a, long b, long c, long d) {
    try {
      return (int) (long) function.invokeExact(a, b, c, d, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }
}
