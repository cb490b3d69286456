package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.device.Fifo;
import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.gpio.PinFunction;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.NarrowWrite;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.time.Alarm;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * SPI0 (BCM2711 ARM Peripherals, 9; BCM2835 ARM Peripherals, 10): FIFOs of 64 bytes, chip select
 * framed by TA, or by the program where its pin is an output, byte times from the core's 500 MHz,
 * DONE and RXR as interrupts. Shifting stops while the receive FIFO is full. A byte that is being
 * shifted when TA is cleared is lost.
 *
 * <p>Not modelled: DMA, LoSSI mode, the bidirectional mode, chip selects that are active high. In
 * modes 1 and 2 (CPHA other than CPOL) no device of the board hears anything.
 */
public final class Spi0 {
  /** Bytes of its address range. */
  public static final int LENGTH = 0x200;

  private static final String NAME = "SPI0";
  private static final SpiPins PINS =
      new SpiPins(PinFunction.ALTERNATE_0, List.of(8, 7), 9, 10, 11);
  private static final int DEPTH = 64;
  private static final int THREE_QUARTERS = 48;
  private static final int LARGEST_DIVIDER = 0x10000;
  private static final int CLOCK_BITS = 16;
  private static final double CORE_CLOCK_PER_NANO = 0.5;
  private static final Field CHIP_SELECT = Field.of("CS", 0, 2);
  private static final Field CPHA = Field.bit("CPHA", 2);
  private static final Field CPOL = Field.bit("CPOL", 3);
  private static final Field CLEAR_TX = Field.bit("CLEAR_TX", 4);
  private static final Field CLEAR_RX = Field.bit("CLEAR_RX", 5);
  private static final Field TA = Field.bit("TA", 7);
  private static final Field INTD = Field.bit("INTD", 9);
  private static final Field INTR = Field.bit("INTR", 10);
  private static final int CONTROL_AFTER_RESET = 0x1000;

  private final BoardServices board;
  private final SpiBus bus;
  private final IrqLine irq;
  private final Alarm shifted;
  private final RegisterTable table;
  private final Register control;
  private final Register clock;
  private final Fifo toSend = new Fifo(DEPTH);
  private final Fifo received = new Fifo(DEPTH);
  private final Set<Mistake> reported = EnumSet.noneOf(Mistake.class);
  private int shifting;
  private boolean isActive;
  private int selectInUse;

  /** What drivers do wrong. */
  private enum Mistake {
    PINS(
        "a transfer while pins 9 to 11 do not have ALT0 (function 4), or pin 8 has neither that nor"
            + " is an output, reaches nobody"),
    MODE("CPHA other than CPOL (SPI mode 1 or 2) reaches nobody: the device needs mode 0 or 3"),
    OVERFLOW("a byte written to a full transmit FIFO is lost: wait for CS.TXD = 1"),
    NOT_ACTIVE("a byte written to FIFO while CS.TA = 0 is not sent"),
    EMPTY("FIFO is read while it holds nothing, which gives 0: wait for CS.RXD = 1"),
    CUT_OFF("CS.TA is cleared before all bytes are sent: wait for CS.DONE = 1");

    private final String what;

    Mistake(String what) {
      this.what = what;
    }
  }

  /** An SPI without a device. */
  public Spi0(BoardServices board, Gpio gpio, IrqLine irq) {
    this.board = board;
    this.irq = irq;
    bus = new SpiBus(gpio, PINS);
    shifted = board.agenda().alarm("SPI0 shift", this::endShift);
    toSend.resize(DEPTH);
    received.resize(DEPTH);
    table = new RegisterTable(NAME, LENGTH, board.warnings());
    control = table.add(controlRegister());
    table.add(
        Register.of("FIFO", 0x04, Access.RW)
            .narrowWrites(NarrowWrite.ZEROES_THE_REST)
            .readBy(this::read)
            .writtenBy(this::write));
    clock = table.add(Register.of("CLK", 0x08, Access.RW).bits(CLOCK_BITS));
    table.add(Register.of("DLEN", 0x0C, Access.RW).bits(16));
    table.add(Register.of("LTOH", 0x10, Access.RW).bits(4).reset(1));
    table.add(Register.of("DC", 0x14, Access.RW).reset(0x30201020));
  }

  private Register controlRegister() {
    return Register.of("CS", 0x00, Access.RW)
        .fields(
            CHIP_SELECT,
            CPHA,
            CPOL,
            CLEAR_TX,
            CLEAR_RX,
            Field.unmodelled("CSPOL", 6, 1),
            TA,
            Field.unmodelled("DMAEN", 8, 1),
            INTD,
            INTR,
            Field.unmodelled("ADCS", 11, 1),
            // Reset has REN set, which counts in bidirectional mode alone.
            Field.of("REN", 12, 1),
            Field.unmodelled("LEN", 13, 1),
            Field.unmodelled("LMONO", 14, 1),
            Field.unmodelled("CSPOL0-2", 21, 3),
            Field.unmodelled("DMA_LEN, LEN_LONG", 24, 2))
        .reset(CONTROL_AFTER_RESET)
        .readBy(this::storedControl)
        .flag(Field.bit("DONE", 16), this::isDone)
        .flag(Field.bit("RXD", 17), () -> !received.isEmpty())
        .flag(Field.bit("TXD", 18), () -> !toSend.isFull())
        .flag(Field.bit("RXR", 19), this::needsReading)
        .flag(Field.bit("RXF", 20), received::isFull)
        .steady()
        .writtenBy(this::controlWritten);
  }

  public MmioDevice registers() {
    return table;
  }

  /** Puts a device at a chip select, 0 or 1. */
  public void connect(int select, SpiDevice device) {
    bus.connect(select, device);
  }

  private int storedControl() {
    return control.value() & ~(CLEAR_TX.mask() | CLEAR_RX.mask());
  }

  private boolean isDone() {
    return isActive && toSend.isEmpty() && !shifted.isSet();
  }

  private boolean needsReading() {
    return isActive && received.size() >= THREE_QUARTERS;
  }

  private void controlWritten(int value) {
    if (CLEAR_TX.isSetIn(value)) {
      toSend.resize(DEPTH);
    }
    if (CLEAR_RX.isSetIn(value)) {
      received.resize(DEPTH);
    }
    int select = CHIP_SELECT.in(value);
    if (isActive && (!TA.isSetIn(value) || select != selectInUse)) {
      endTransfer();
    }
    if (TA.isSetIn(value) && !isActive) {
      beginTransfer(select);
    }
    start(board.clock().nanos());
    update();
  }

  private void beginTransfer(int select) {
    isActive = true;
    selectInUse = select;
    if (select < PINS.selects().size()) {
      reportIf(bus.isCutOff(select), Mistake.PINS);
    }
    reportIf(!isHeard(), Mistake.MODE);
    bus.select(1 << select);
  }

  private boolean isHeard() {
    return control.has(CPHA) == control.has(CPOL);
  }

  private void endTransfer() {
    isActive = false;
    reportIf(shifted.isSet() || !toSend.isEmpty(), Mistake.CUT_OFF);
    shifted.cancel();
    bus.deselect();
  }

  private int read() {
    if (received.isEmpty()) {
      report(Mistake.EMPTY);
      return 0;
    }
    int value = received.pop();
    start(board.clock().nanos());
    update();
    return value;
  }

  private void write(int value) {
    if (!isActive) {
      report(Mistake.NOT_ACTIVE);
    } else if (toSend.isFull()) {
      report(Mistake.OVERFLOW);
    } else {
      toSend.push(value & 0xFF);
      start(board.clock().nanos());
      update();
    }
  }

  private void start(long atNanos) {
    if (isActive && !shifted.isSet() && !toSend.isEmpty() && !received.isFull()) {
      shifting = toSend.pop();
      shifted.setAt(atNanos + Math.round(Byte.SIZE * divider() / CORE_CLOCK_PER_NANO));
    }
  }

  /** What divides the core's clock: even, and 0 and 1 stand for the largest. */
  private int divider() {
    int even = clock.value() & ~1;
    return even == 0 ? LARGEST_DIVIDER : even;
  }

  private void endShift(long atNanos) {
    received.push(isHeard() ? bus.exchangeByte(shifting) : 0);
    start(atNanos);
    update();
  }

  private void update() {
    irq.set(Level.of((control.has(INTD) && isDone()) || (control.has(INTR) && needsReading())));
  }

  /** Whether, as it is set up, an interrupt may come without any task doing anything. */
  public boolean mayStillInterrupt() {
    return (control.has(INTD) || control.has(INTR)) && isActive;
  }

  private void reportIf(boolean isMade, Mistake mistake) {
    if (isMade) {
      report(mistake);
    }
  }

  private void report(Mistake mistake) {
    if (reported.add(mistake)) {
      board.warnings().warn(NAME, mistake.what);
    }
  }
}
