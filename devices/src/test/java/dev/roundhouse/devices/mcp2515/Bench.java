package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.bcm2711.TestBoard;
import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanPort;
import dev.roundhouse.devices.can.TestStation;

/** The board with its MCP2515, driven by SPI0 at 10 MHz, and another station on the bus. */
final class Bench {
  static final int CANSTAT = 0x0E;
  static final int CANCTRL = 0x0F;
  static final int CANINTE = 0x2B;
  static final int CANINTF = 0x2C;
  static final int EFLG = 0x2D;
  static final int TXB0CTRL = 0x30;
  static final int RXB0CTRL = 0x60;
  static final int NORMAL = 0x00;
  static final int SLEEP = 0x20;
  static final int LOOPBACK = 0x40;
  static final int LISTEN_ONLY = 0x60;
  static final int CONFIGURATION = 0x80;
  static final int WRITE = 2;
  static final int READ = 3;
  static final int BIT_MODIFY = 5;
  private static final long SPI_CS = 0xFE204000L;
  private static final long FIFO = 0xFE204004L;
  private static final long CLK = 0xFE204008L;
  private static final int TA = 1 << 7;
  private static final int BYTE_NANOS = 800;
  private static final int INT_PIN = 17;

  final TestBoard test = new TestBoard();
  final CanBus bus = new CanBus(test.clock, test.agenda, test, CanBus.BIT_NANOS);
  final TestStation peer = new TestStation("peer", bus, test.clock);

  Bench() {
    test.board.connect(bus);
    peer.port().setMode(CanPort.Mode.ON);
    setUpPins();
    test.advance(100_000);
  }

  void setUpPins() {
    test.write(0xFE200000L, 4 << 24 | 4 << 27);
    test.write(0xFE200004L, 4 | 4 << 3);
    test.write(CLK, 50);
  }

  /** One instruction, with all that came back. */
  int[] transfer(int... bytes) {
    int[] back = new int[bytes.length];
    test.write(SPI_CS, TA);
    for (int n = 0; n < bytes.length; n++) {
      test.write(FIFO, bytes[n]);
      test.advance(BYTE_NANOS);
      back[n] = test.read(FIFO);
    }
    test.write(SPI_CS, 0);
    return back;
  }

  int read(int address) {
    return transfer(READ, address, 0)[2];
  }

  void write(int address, int value) {
    transfer(WRITE, address, value);
  }

  void modify(int address, int mask, int value) {
    transfer(BIT_MODIFY, address, mask, value);
  }

  /** 250 kbit/s, all frames, rollover, as the course's kernels do. */
  void setUp() {
    transfer(WRITE, 0x28, 0x85, 0xF1, 0x41);
    write(RXB0CTRL, 0x64);
    write(0x70, 0x60);
  }

  void enter(int mode) {
    modify(CANCTRL, 0xE0, mode);
    passMicros(45);
  }

  /** Ready to send and receive. */
  Bench inNormalMode() {
    setUp();
    enter(NORMAL);
    return this;
  }

  /** Loads a transmit buffer with a frame of a 29-bit identifier. */
  void load(int buffer, int id, int dlc, int... data) {
    int[] bytes = new int[7 + data.length];
    bytes[0] = WRITE;
    bytes[1] = 0x31 + 0x10 * buffer;
    bytes[2] = id >>> 21;
    bytes[3] = (id >>> 13 & 0xE0) | 8 | (id >>> 16 & 3);
    bytes[4] = id >>> 8 & 0xFF;
    bytes[5] = id & 0xFF;
    bytes[6] = dlc;
    System.arraycopy(data, 0, bytes, 7, data.length);
    transfer(bytes);
  }

  void send(CanFrame frame) {
    peer.send(frame);
    passMicros(700);
  }

  void passMicros(long micros) {
    test.advance(micros * 1000);
  }

  boolean intIsLow() {
    return test.board.gpio().level(INT_PIN) == dev.roundhouse.devices.irq.Level.LOW;
  }

  String lastWarning() {
    return test.warnings.isEmpty() ? "" : test.warnings.getLast();
  }
}
