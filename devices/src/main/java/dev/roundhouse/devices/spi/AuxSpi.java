package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.auxiliary.AuxiliaryBlock;
import dev.roundhouse.devices.board.BoardServices;
import dev.roundhouse.devices.board.Fifo;
import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.time.Alarm;
import org.jspecify.annotations.Nullable;

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
  private static final Field SELECTS = Field.of("CHIP_SELECTS", 17, 3);
  private static final Field VARIABLE_WIDTH = Field.bit("VARIABLE_WIDTH", 14);
  private static final Field ENABLE = Field.bit("ENABLE", 11);
  private static final Field CLEAR_FIFOS = Field.bit("CLEAR_FIFOS", 9);
  private static final Field OUT_HIGHEST_FIRST = Field.bit("SHIFT_OUT_MS_BIT_FIRST", 6);
  private static final Field LENGTH = Field.of("SHIFT_LENGTH", 0, 6);
  private static final Field IN_HIGHEST_FIRST = Field.bit("SHIFT_IN_MS_BIT_FIRST", 1);
  private static final Field DONE_INTERRUPT = Field.bit("DONE_IRQ", 6);
  private static final Field EMPTY_INTERRUPT = Field.bit("TX_EMPTY_IRQ", 7);
  private static final Field ENTRY_LENGTH = Field.of("LENGTH", 24, 5);
  private static final int CONTROL_1_BITS = 0x7C3;
  private static final int HIGHEST_OF_ENTRY = 23;
  private static final int HIGHEST = 31;
  private static final int BUSY = 1 << 6;
  private static final int RECEIVE_EMPTY = 1 << 7;
  private static final int RECEIVE_FULL = 1 << 8;
  private static final int TRANSMIT_EMPTY = 1 << 9;
  private static final int TRANSMIT_FULL = 1 << 10;
  private static final int RECEIVE_LEVEL_SHIFT = 20;
  private static final int TRANSMIT_LEVEL_SHIFT = 28;
  private static final int WORDS = 4;
  private static final int WORD_BYTES = 4;
  private static final int NO_SELECT = -1;

  private final BoardServices board;
  private final Gpio gpio;
  private final SpiPins pins;
  private final IrqLine irq;
  private final Alarm shifted;
  private final Fifo toSend = new Fifo(DEPTH);
  private final Fifo held = new Fifo(DEPTH);
  private final Fifo received = new Fifo(DEPTH);
  private @Nullable SpiDevice device;
  private int deviceSelect = NO_SELECT;
  private boolean isSelected;
  private int shifting;
  private boolean shiftingHolds;
  private boolean hasLostPlace;
  private int control0;
  private int control1;
  private int outByte;
  private int inByte;
  private int bits;

  /** An SPI without devices. */
  public AuxSpi(BoardServices board, Gpio gpio, SpiPins pins, IrqLine irq) {
    this.board = board;
    this.gpio = gpio;
    this.pins = pins;
    this.irq = irq;
    this.shifted = board.agenda().alarm("SPI shift", this::endShift);
    clearFifos();
  }

  /** Adds its registers to those of the block. */
  public void addTo(AuxiliaryBlock aux, int unit, String name, int offset) {
    aux.add(
        unit, new AuxiliaryBlock.Row(name + "CNTL0", offset, () -> control0, this::writeControl0));
    aux.add(
        unit,
        new AuxiliaryBlock.Row(name + "CNTL1", offset + 4, () -> control1, this::writeControl1));
    aux.add(unit, AuxiliaryBlock.Row.readOnly(name + "STAT", offset + 8, this::readStatus));
    aux.add(unit, AuxiliaryBlock.Row.readOnly(name + "PEEK", offset + 12, this::peek));
    for (int n = 0; n < WORDS; n++) {
      int at = offset + n * WORD_BYTES;
      aux.add(
          unit, new AuxiliaryBlock.Row(name + "IO" + n, at + 0x20, this::read, v -> write(v, 0)));
      aux.add(
          unit,
          new AuxiliaryBlock.Row(name + "TXHOLD" + n, at + 0x30, this::read, v -> write(v, 1)));
    }
  }

  /** Puts a device at a chip select, 0 to 2. */
  public void connect(int select, SpiDevice newDevice) {
    deviceSelect = select;
    device = newDevice;
  }

  private void writeControl0(int value) {
    control0 = value;
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

  private void writeControl1(int value) {
    control1 = value & CONTROL_1_BITS;
    update();
  }

  private int readStatus() {
    return (shifted.isSet() ? BUSY : 0)
        | (received.isEmpty() ? RECEIVE_EMPTY : 0)
        | (received.isFull() ? RECEIVE_FULL : 0)
        | (toSend.isEmpty() ? TRANSMIT_EMPTY : 0)
        | (toSend.isFull() ? TRANSMIT_FULL : 0)
        | received.size() << RECEIVE_LEVEL_SHIFT
        | toSend.size() << TRANSMIT_LEVEL_SHIFT;
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
    if (toSend.isFull() || CLEAR_FIFOS.isSetIn(control0)) {
      return;
    }
    toSend.push(value);
    held.push(hold);
    start(board.clock().nanos());
    update();
  }

  private void start(long atNanos) {
    boolean isReady = ENABLE.isSetIn(control0) && !shifted.isSet() && !received.isFull();
    if (isReady && !toSend.isEmpty()) {
      shifting = toSend.peek();
      shiftingHolds = held.peek() != 0;
      double nanosPerBit = 2 * (SPEED.in(control0) + 1) / CORE_CLOCK_PER_NANO;
      shifted.setAt(atNanos + Math.max(1, Math.round(lengthOf(shifting) * nanosPerBit)));
    }
  }

  private int lengthOf(int entry) {
    int length = VARIABLE_WIDTH.isSetIn(control0) ? ENTRY_LENGTH.in(entry) : LENGTH.in(control0);
    return Math.min(length, Integer.SIZE);
  }

  private void endShift(long atNanos) {
    if (!hasLostPlace) {
      toSend.pop();
      held.pop();
    }
    hasLostPlace = false;
    int in = shift(shifting);
    if (!CLEAR_FIFOS.isSetIn(control0)) {
      received.push(in);
    }
    isSelected &= shiftingHolds;
    start(atNanos);
    update();
  }

  private int shift(int entry) {
    int length = lengthOf(entry);
    int highest = VARIABLE_WIDTH.isSetIn(control0) ? HIGHEST_OF_ENTRY : HIGHEST;
    int in = 0;
    for (int n = 0; n < length; n++) {
      int place = OUT_HIGHEST_FIRST.isSetIn(control0) ? highest - n : n;
      int bit = exchange(place < 0 ? 0 : entry >>> place & 1);
      in = IN_HIGHEST_FIRST.isSetIn(control1) ? in << 1 | bit : in >>> 1 | bit << HIGHEST;
    }
    return in;
  }

  /** One cycle of the clock: a bit out and one in. */
  private int exchange(int out) {
    SpiDevice hears = listener();
    if (hears == null) {
      return 0;
    }
    if (!isSelected) {
      isSelected = true;
      bits = 0;
      hears.selected();
    }
    if (bits == 0) {
      outByte = hears.out();
      inByte = 0;
    }
    int in = outByte >>> (Byte.SIZE - 1 - bits) & 1;
    inByte = inByte << 1 | out;
    bits = (bits + 1) % Byte.SIZE;
    if (bits == 0) {
      hears.in(inByte);
    }
    return pins.hearAnything(gpio) ? in : 0;
  }

  /** The device that the bus reaches: its chip select is low, and the pins are the SPI's. */
  private @Nullable SpiDevice listener() {
    boolean isThere =
        deviceSelect != NO_SELECT
            && (SELECTS.in(control0) >>> deviceSelect & 1) == 0
            && pins.areConnected(gpio, deviceSelect);
    return isThere ? device : null;
  }

  private void update() {
    boolean isDone = DONE_INTERRUPT.isSetIn(control1) && !shifted.isSet();
    boolean isEmpty = EMPTY_INTERRUPT.isSetIn(control1) && toSend.isEmpty();
    irq.set(Level.of(isDone || isEmpty));
  }

  /** Whether, as it is set up, an interrupt may come without any task doing anything. */
  public boolean mayStillInterrupt() {
    return DONE_INTERRUPT.isSetIn(control1) || EMPTY_INTERRUPT.isSetIn(control1);
  }
}
