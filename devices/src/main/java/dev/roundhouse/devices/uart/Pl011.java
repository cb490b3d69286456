package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.SourceState;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.NarrowWrite;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;

/**
 * A PL011 UART as built into the BCM2711 (PL011 TRM, DDI 0183; BCM2711 ARM Peripherals, 11.5):
 * FIFOs with levels, receive timeout, frame times from a 48 MHz clock, CTS and RTS with hardware
 * flow control, loopback and all interrupts that the chip supports.
 *
 * <p>Not modelled, with a visible warning at their use: DMA, IrDA, the sending of breaks, and the
 * test registers.
 */
public final class Pl011 implements UartSettings {
  /** Bytes from one UART to the next. */
  public static final int LENGTH = 0x200;

  /** UARTCLK as the firmware sets it. */
  public static final long CLOCK_HZ = 48_000_000;

  /**
   * Depth of both FIFOs. The chip has revision r1p5, which is 32 deep, though older documents say
   * 16 (Linux, commit 0de09025f161, "ARM: dts: bcm2711: PL011 UARTs are actually r1p5").
   */
  private static final int FIFO_DEPTH = 32;

  private static final Uart.Kind KIND =
      new Uart.Kind(
          FIFO_DEPTH,
          new LostBytes.Advice(
              "wait for FR.TXFF = 0",
              "read DR until FR.RXFE = 1",
              "write IBRD, FBRD, LCRH, then CR = 0x301 (UARTEN, TXE, RXE)"));

  private static final int DATA_BITS = 8;
  private static final Field UARTEN = Field.bit("UARTEN", 0);
  private static final Field LBE = Field.bit("LBE", 7);
  private static final Field TXE = Field.bit("TXE", 8);
  private static final Field RXE = Field.bit("RXE", 9);
  private static final Field RTS = Field.bit("RTS", 11);
  private static final Field RTSEN = Field.bit("RTSEN", 14);
  private static final Field CTSEN = Field.bit("CTSEN", 15);
  private static final Field TXIFLSEL = Field.of("TXIFLSEL", 0, 3);
  private static final Field RXIFLSEL = Field.of("RXIFLSEL", 3, 3);
  private static final int HALF_FULL = 2;

  private final BoardServices board;
  private final RegisterTable table;
  private final Register control;
  private final Register levels;
  private final Pl011Line line;
  private final Uart uart;
  private final Pl011Interrupts interrupts;
  private int fifoDepth = 1;
  private boolean sawAllIdle;
  private boolean warnedOfDivisor;

  /** A UART after reset with an open line. */
  public Pl011(String name, BoardServices board, IrqLine irq) {
    this.board = board;
    interrupts = new Pl011Interrupts(irq);
    uart = new Uart(name, KIND, board, this, interrupts);
    table = new RegisterTable(name, LENGTH, board.warnings());
    addData();
    line = new Pl011Line(table, this::lineChanged);
    control = table.add(controlRegister().writtenBy(this::controlWritten));
    levels =
        table.add(
            Register.of("IFLS", 0x34, Access.RW)
                .fields(TXIFLSEL, RXIFLSEL)
                .reset(TXIFLSEL.with(HALF_FULL) | RXIFLSEL.with(HALF_FULL))
                .writtenBy(value -> updateLevels()));
    interrupts.addTo(table, uart.receiver());
    // IrDA is disabled on this chip (BCM2711 ARM Peripherals, 11.5, ILPR).
    table.add(Register.of("ILPR", 0x20, Access.RESERVED));
    table.add(Register.of("DMACR", 0x48, Access.UNMODELLED));
    table.add(Register.of("ITCR", 0x80, Access.UNMODELLED));
    table.add(Register.of("ITIP", 0x84, Access.UNMODELLED));
    table.add(Register.of("ITOP", 0x88, Access.UNMODELLED));
    table.add(Register.of("TDR", 0x8C, Access.UNMODELLED));
  }

  private void addData() {
    UartTransmitter transmitter = uart.transmitter();
    UartReceiver receiver = uart.receiver();
    table.add(
        Register.of("DR", 0x00, Access.RW)
            .bits(DATA_BITS)
            .narrowWrites(NarrowWrite.ZEROES_THE_REST)
            .readBy(this::readData)
            .writtenBy(this::writeData));
    table.add(
        Register.of("RSRECR", 0x04, Access.RW)
            .narrowWrites(NarrowWrite.ZEROES_THE_REST)
            .readBy(receiver::status)
            .writtenBy(value -> receiver.clearStatus()));
    table.add(
        Register.of("FR", 0x18, Access.RO)
            .flag(Field.bit("CTS", 0), uart::isClearToSend)
            .flag(Field.bit("BUSY", 3), transmitter::isBusy)
            .flag(Field.bit("RXFE", 4), receiver::isEmpty)
            .flag(Field.bit("TXFF", 5), transmitter::isFull)
            .flag(Field.bit("RXFF", 6), receiver::isFull)
            .flag(Field.bit("TXFE", 7), transmitter::isEmpty)
            .beforeRead(this::lookAtFlags)
            .steady());
  }

  /** UARTCR; the chip has no DTR, OUT1 and OUT2. */
  private static Register controlRegister() {
    return Register.of("CR", 0x30, Access.RW)
        .fields(
            UARTEN,
            Field.unmodelled("SIREN", 1, 1),
            Field.unmodelled("SIRLP", 2, 1),
            LBE,
            TXE,
            RXE,
            RTS,
            RTSEN,
            CTSEN)
        .reset(TXE.mask() | RXE.mask());
  }

  public MmioDevice registers() {
    return table;
  }

  /** What is behind the registers. */
  public Uart uart() {
    return uart;
  }

  /** What has become of its interrupts, of which none will come. */
  public SourceState sourceState() {
    SourceState.Arming arming = interrupts.arming();
    if (arming != SourceState.Arming.NEVER && !transmits() && !receives()) {
      return new SourceState(
          SourceState.Arming.NEVER, uart.name() + " is not enabled (CR has no UARTEN)");
    }
    String text =
        switch (arming) {
          case NEVER -> "no interrupt of %s was ever enabled (IMSC is 0)";
          case SPENT -> "all interrupts of %s are disabled again (IMSC is 0)";
          case ARMED, LATE ->
              receives() ? "no more input comes to %s" : "%s does not receive (CR has no RXE)";
        };
    return new SourceState(arming, text.formatted(uart.name()));
  }

  @Override
  public LineTiming timing() {
    return line;
  }

  @Override
  public boolean transmits() {
    return control.has(UARTEN) && control.has(TXE);
  }

  @Override
  public boolean receives() {
    return control.has(UARTEN) && control.has(RXE);
  }

  @Override
  public boolean heedsClearToSend() {
    return control.has(CTSEN);
  }

  @Override
  public boolean requestsToSend() {
    return control.has(RTSEN) ? uart.receiver().isBelowLevel() : control.has(RTS);
  }

  @Override
  public boolean isLooped() {
    return control.has(LBE);
  }

  private int readData() {
    uart.receiver().lookForInput();
    return uart.receiver().read();
  }

  private void writeData(int value) {
    sawAllIdle = false;
    uart.transmitter().write(value);
  }

  /** Who looks at the flags twice while nothing goes on looks for input. */
  private void lookAtFlags() {
    boolean isAllIdle = uart.receiver().isEmpty() && uart.transmitter().isIdle();
    if (isAllIdle && sawAllIdle) {
      uart.receiver().lookForInput();
    }
    sawAllIdle = isAllIdle;
  }

  private void lineChanged() {
    int depth = line.fifosEnabled() ? FIFO_DEPTH : 1;
    if (depth != fifoDepth) {
      fifoDepth = depth;
      uart.resize(depth);
      updateLevels();
    }
    uart.settingsChanged();
  }

  private void updateLevels() {
    uart.transmitter().setLevel(line.fifosEnabled() ? entries(TXIFLSEL) : 0);
    uart.receiver().setLevel(line.fifosEnabled() ? entries(RXIFLSEL) : 1);
  }

  /** The FIFO level that a field of IFLS selects (PL011 TRM, 3.3.9); reserved values: 7/8. */
  private int entries(Field level) {
    return switch (level.in(levels.value())) {
      case 0 -> FIFO_DEPTH / 8;
      case 1 -> FIFO_DEPTH / 4;
      case HALF_FULL -> FIFO_DEPTH / 2;
      case 3 -> FIFO_DEPTH - FIFO_DEPTH / 4;
      default -> FIFO_DEPTH - FIFO_DEPTH / 8;
    };
  }

  private void controlWritten(int value) {
    if (UARTEN.isSetIn(value) && line.divisorWaits() && !warnedOfDivisor) {
      warnedOfDivisor = true;
      board
          .warnings()
          .warn(
              uart.name(),
              "the baud rate stays as it was: LCRH must be written after IBRD and FBRD");
    }
    uart.settingsChanged();
  }
}
