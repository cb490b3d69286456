package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.auxiliary.AuxiliaryBlock;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.device.Fifo;
import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.time.Alarm;

/**
 * An auxiliary SPI (BCM2711 ARM Peripherals, 2.3): FIFOs of four entries, each of them shifted out
 * and in at once, chip select held after an entry that was written to TXHOLD. Shifting stops while
 * the receive FIFO is full. Clock polarity, edges and the post-input mode have no effect: bytes
 * arrive as if they fitted the device.
 */
public final class AuxSpi {
  private static final int DEPTH = 4;
  private static final double CORE_CLOCK_PER_NANO = 0.5;
  private static final Field SPEED = Field.of("SPEED", 20, 12);
  private static final Field CHIP_SELECTS = Field.of("CHIP_SELECTS", 17, 3);
  private static final Field VARIABLE_WIDTH = Field.bit("VARIABLE_WIDTH", 14);
  private static final Field ENABLE = Field.bit("ENABLE", 11);
  private static final Field CLEAR_FIFOS = Field.bit("CLEAR_FIFOS", 9);
  private static final Field SHIFT_OUT_MS_BIT_FIRST = Field.bit("SHIFT_OUT_MS_BIT_FIRST", 6);
  private static final Field SHIFT_LENGTH = Field.of("SHIFT_LENGTH", 0, 6);
  private static final Field TX_EMPTY_IRQ = Field.bit("TX_EMPTY_IRQ", 7);
  private static final Field DONE_IRQ = Field.bit("DONE_IRQ", 6);
  private static final Field SHIFT_IN_MS_BIT_FIRST = Field.bit("SHIFT_IN_MS_BIT_FIRST", 1);
  private static final Field ENTRY_LENGTH = Field.of("LENGTH", 24, 5);
  private static final int HIGHEST_OF_ENTRY = 23;
  private static final int HIGHEST = 31;
  private static final int WORDS = 4;
  private static final int WORD_BYTES = 4;

  private final BoardServices board;
  private final SpiBus bus;
  private final SpiUnit unit;
  private final IrqLine irq;
  private final Alarm shifted;
  private final Register control0;
  private final Register control1;
  private final Fifo toSend = new Fifo(DEPTH);
  private final Fifo held = new Fifo(DEPTH);
  private final Fifo received = new Fifo(DEPTH);
  private int shifting;
  private boolean shiftingHolds;
  private boolean hasLostPlace;

  /** An SPI without devices, whose registers stand in {@code aux}. */
  public AuxSpi(BoardServices board, Gpio gpio, AuxiliaryBlock aux, SpiUnit unit) {
    this.board = board;
    bus = new SpiBus(gpio, unit.pins());
    this.unit = unit;
    irq = aux.line(unit.unit());
    shifted = board.agenda().alarm("SPI shift", this::endShift);
    control0 = controlRegister0().writtenBy(this::control0Written);
    control1 = controlRegister1().writtenBy(value -> update());
    clearFifos();
    aux.add(unit.unit(), control0, control1, statusRegister());
    aux.add(unit.unit(), row("PEEK", 0x0C, Access.RO).readBy(this::peek));
    for (int n = 0; n < WORDS; n++) {
      Register last = row("IO" + n, 0x20 + n * WORD_BYTES, Access.RW);
      Register hold = row("TXHOLD" + n, 0x30 + n * WORD_BYTES, Access.RW);
      aux.add(
          unit.unit(),
          last.readBy(this::read).writtenBy(value -> write(value, 0)),
          hold.readBy(this::read).writtenBy(value -> write(value, 1)));
    }
  }

  private Register row(String name, int offset, Access access) {
    return Register.of("AUX_" + unit.name() + "_" + name, unit.offset() + offset, access);
  }

  private Register controlRegister0() {
    return row("CNTL0", 0x00, Access.RW)
        .fields(
            SPEED,
            CHIP_SELECTS,
            Field.bit("POST_INPUT_MODE", 16),
            Field.bit("VARIABLE_CS", 15),
            VARIABLE_WIDTH,
            Field.of("DOUT_HOLD_TIME", 12, 2),
            ENABLE,
            Field.bit("IN_RISING", 10),
            CLEAR_FIFOS,
            Field.bit("OUT_RISING", 8),
            Field.bit("INVERT_SPI_CLK", 7),
            SHIFT_OUT_MS_BIT_FIRST,
            SHIFT_LENGTH);
  }

  private Register controlRegister1() {
    return row("CNTL1", 0x04, Access.RW)
        .fields(
            Field.of("CS_HIGH_TIME", 8, 3),
            TX_EMPTY_IRQ,
            DONE_IRQ,
            SHIFT_IN_MS_BIT_FIRST,
            Field.bit("KEEP_INPUT", 0));
  }

  private Register statusRegister() {
    return row("STAT", 0x08, Access.RO)
        .flag(Field.bit("BUSY", 6), shifted::isSet)
        .flag(Field.bit("RX_EMPTY", 7), received::isEmpty)
        .flag(Field.bit("RX_FULL", 8), received::isFull)
        .flag(Field.bit("TX_EMPTY", 9), toSend::isEmpty)
        .flag(Field.bit("TX_FULL", 10), toSend::isFull)
        .shows(Field.of("RX_FIFO_LEVEL", 20, 4), received::size)
        .shows(Field.of("TX_FIFO_LEVEL", 28, 4), toSend::size);
  }

  /** Puts a device at a chip select, 0 to 2. */
  public void connect(int select, SpiDevice device) {
    bus.connect(select, device);
  }

  private void control0Written(int value) {
    if (CLEAR_FIFOS.isSetIn(value)) {
      clearFifos();
    }
    start(board.clock().nanos());
  }

  /** What is being shifted is in no FIFO any more, and goes on to its end. */
  private void clearFifos() {
    hasLostPlace = shifted.isSet();
    toSend.resize(DEPTH);
    held.resize(DEPTH);
    received.resize(DEPTH);
    update();
  }

  private int peek() {
    return received.isEmpty() ? 0 : received.peek();
  }

  private int read() {
    if (received.isEmpty()) {
      return 0;
    }
    int value = received.pop();
    start(board.clock().nanos());
    return value;
  }

  private void write(int value, int hold) {
    if (toSend.isFull() || control0.has(CLEAR_FIFOS)) {
      return;
    }
    toSend.push(value);
    held.push(hold);
    start(board.clock().nanos());
    update();
  }

  private void start(long atNanos) {
    boolean isReady = control0.has(ENABLE) && !shifted.isSet() && !received.isFull();
    if (isReady && !toSend.isEmpty()) {
      shifting = toSend.peek();
      shiftingHolds = held.peek() != 0;
      double nanosPerBit = 2 * (SPEED.in(control0.value()) + 1) / CORE_CLOCK_PER_NANO;
      shifted.setAt(atNanos + Math.max(1, Math.round(lengthOf(shifting) * nanosPerBit)));
    }
  }

  private int lengthOf(int entry) {
    int length =
        control0.has(VARIABLE_WIDTH) ? ENTRY_LENGTH.in(entry) : SHIFT_LENGTH.in(control0.value());
    return Math.min(length, Integer.SIZE);
  }

  private void endShift(long atNanos) {
    if (!hasLostPlace) {
      toSend.pop();
      held.pop();
    }
    hasLostPlace = false;
    int in = shift(shifting);
    if (!control0.has(CLEAR_FIFOS)) {
      received.push(in);
    }
    if (!shiftingHolds) {
      bus.deselect();
    }
    start(atNanos);
    update();
  }

  private int shift(int entry) {
    int length = lengthOf(entry);
    int highest = control0.has(VARIABLE_WIDTH) ? HIGHEST_OF_ENTRY : HIGHEST;
    int in = 0;
    bus.select(~CHIP_SELECTS.in(control0.value()));
    for (int n = 0; n < length; n++) {
      int place = control0.has(SHIFT_OUT_MS_BIT_FIRST) ? highest - n : n;
      int bit = bus.exchange(place < 0 ? 0 : entry >>> place & 1);
      in = control1.has(SHIFT_IN_MS_BIT_FIRST) ? in << 1 | bit : in >>> 1 | bit << HIGHEST;
    }
    return in;
  }

  private void update() {
    boolean isDone = control1.has(DONE_IRQ) && !shifted.isSet();
    boolean isEmpty = control1.has(TX_EMPTY_IRQ) && toSend.isEmpty();
    irq.set(Level.of(isDone || isEmpty));
  }

  /** Whether, as it is set up, an interrupt may come without any task doing anything. */
  public boolean mayStillInterrupt() {
    return control1.has(DONE_IRQ) || control1.has(TX_EMPTY_IRQ);
  }
}
