package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.auxiliary.AuxiliaryBlock;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.serial.Parity;
import dev.roundhouse.devices.serial.SerialFormat;

/**
 * UART1, the mini UART (BCM2711 ARM Peripherals, 2.2): like a 16550 with FIFOs of 8 that are always
 * on, no parity, one stop bit, and a baud rate of core clock / (8 (BAUD + 1)). Of its quirks: bit 0
 * of IER is for reception and bit 1 for transmission, as in a 16550; 8 bits need both low bits of
 * LCR; CTS is shown in bits 4 and 5 of MSR (errata to the BCM2835 manual, elinux.org). Not
 * modelled: breaks, and flow control by RTS.
 */
public final class MiniUart implements UartSettings {
  private static final int DEPTH = 8;
  private static final Uart.Kind KIND =
      new Uart.Kind(
          DEPTH,
          new LostBytes.Advice(
              "wait for bit 5 of AUX_MU_LSR",
              "read AUX_MU_IO until bit 0 of AUX_MU_LSR is 0",
              "set bit 1 of AUX_MU_CNTL"));

  private static final long CORE_CLOCK = 500_000_000;
  private static final int CLOCKS_PER_BIT = 8;
  private static final int FASTEST_BAUD = 10_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int BYTE_BITS = 8;
  private static final int BAUD_BITS = 16;
  private static final Field BAUD_LOW = Field.of("DLL", 0, BYTE_BITS);
  private static final Field BAUD_HIGH = Field.of("DLM", 8, BYTE_BITS);
  private static final Field DATA = Field.of("DATA", 0, BYTE_BITS);
  private static final Field RECEIVE_ENABLE = Field.bit("RX_ENABLE", 0);
  private static final Field TRANSMIT_ENABLE = Field.bit("TX_ENABLE", 1);
  private static final Field NOT_PENDING = Field.bit("NOT_PENDING", 0);
  private static final Field INTERRUPT_ID = Field.of("INTERRUPT_ID", 1, 2);
  private static final Field FIFO_ENABLES = Field.of("FIFO_ENABLES", 6, 2);
  private static final Field CLEAR_RECEIVE = Field.bit("CLEAR_RECEIVE", 1);
  private static final Field CLEAR_TRANSMIT = Field.bit("CLEAR_TRANSMIT", 2);
  private static final Field DATA_SIZE = Field.of("DATA_SIZE", 0, 2);
  private static final Field DLAB = Field.bit("DLAB", 7);
  private static final Field RTS = Field.bit("RTS", 1);
  private static final Field RECEIVER_ON = Field.bit("RECEIVER_ENABLE", 0);
  private static final Field TRANSMITTER_ON = Field.bit("TRANSMITTER_ENABLE", 1);
  private static final Field TRANSMIT_BY_CTS = Field.bit("TRANSMIT_AUTO_FLOW", 3);
  private static final int EIGHT_BITS = 3;
  private static final int BY_TRANSMITTER = 1;
  private static final int BY_RECEIVER = 2;

  private final IrqLine irq;
  private final Interrupts interrupts = new Interrupts();
  private final Timing timing = new Timing();
  private final Uart uart;
  private final Register lineControl;
  private final Register modemControl;
  private final Register control;
  private final Register baud;
  private int interruptEnables;
  private boolean hasOverrun;

  /** A mini UART whose registers stand in {@code aux}. */
  public MiniUart(BoardServices board, AuxiliaryBlock aux) {
    irq = aux.line(AuxiliaryBlock.MINI_UART);
    uart = new Uart("UART1", KIND, board, this, interrupts);
    lineControl = Register.of("AUX_MU_LCR", 0x4C, Access.RW).bits(BYTE_BITS);
    modemControl = Register.of("AUX_MU_MCR", 0x50, Access.RW).bits(BYTE_BITS);
    control =
        Register.of("AUX_MU_CNTL", 0x60, Access.RW)
            .bits(BYTE_BITS)
            .reset(RECEIVER_ON.mask() | TRANSMITTER_ON.mask());
    baud = Register.of("AUX_MU_BAUD", 0x68, Access.RW).bits(BAUD_BITS);
    addDataAndControl(aux);
    addStatus(aux);
    uart.resize(DEPTH);
  }

  private void addDataAndControl(AuxiliaryBlock aux) {
    aux.add(
        AuxiliaryBlock.MINI_UART,
        Register.of("AUX_MU_IO", 0x40, Access.RW).readBy(this::readData).writtenBy(this::writeData),
        Register.of("AUX_MU_IER", 0x44, Access.RW)
            .bits(BYTE_BITS)
            .readBy(this::readEnables)
            .writtenBy(this::writeEnables),
        Register.of("AUX_MU_IIR", 0x48, Access.RW)
            .readBy(this::identify)
            .writtenBy(this::clearFifos),
        lineControl,
        modemControl.writtenBy(value -> uart.settingsChanged()),
        Register.of("AUX_MU_SCRATCH", 0x5C, Access.RW).bits(BYTE_BITS),
        control.writtenBy(value -> uart.settingsChanged()),
        baud.writtenBy(value -> uart.settingsChanged()));
  }

  private void addStatus(AuxiliaryBlock aux) {
    UartTransmitter transmitter = uart.transmitter();
    UartReceiver receiver = uart.receiver();
    aux.add(
        AuxiliaryBlock.MINI_UART,
        Register.of("AUX_MU_LSR", 0x54, Access.RO)
            .beforeRead(this::lookWhileIdle)
            .flag(Field.bit("DATA_READY", 0), receiver::hasData)
            .flag(Field.bit("RECEIVER_OVERRUN", 1), this::takeOverrun)
            .flag(Field.bit("TRANSMITTER_EMPTY", 5), transmitter::hasRoom)
            .flag(Field.bit("TRANSMITTER_IDLE", 6), transmitter::isIdle),
        Register.of("AUX_MU_MSR", 0x58, Access.RO)
            .flag(Field.of("CTS_STATUS", 4, 2), uart::isClearToSend),
        Register.of("AUX_MU_STAT", 0x64, Access.RO)
            .beforeRead(this::lookWhileIdle)
            .flag(Field.bit("SYMBOL_AVAILABLE", 0), receiver::hasData)
            .flag(Field.bit("SPACE_AVAILABLE", 1), transmitter::hasRoom)
            .flag(Field.bit("RECEIVER_IS_IDLE", 2), receiver::isIdle)
            .flag(Field.bit("TRANSMITTER_IS_IDLE", 3), transmitter::isIdle)
            .flag(Field.bit("RECEIVER_OVERRUN", 4), () -> hasOverrun)
            .flag(Field.bit("TX_FIFO_FULL", 5), transmitter::isFull)
            .flag(Field.bit("RTS_STATUS", 6), this::requestsToSend)
            .flag(Field.bit("CTS_LINE", 7), uart::isClearToSend)
            .flag(Field.bit("TX_FIFO_EMPTY", 8), transmitter::isEmpty)
            .flag(Field.bit("TRANSMITTER_DONE", 9), transmitter::isIdle)
            .shows(Field.of("RX_FIFO_LEVEL", 16, 4), receiver::size)
            .shows(Field.of("TX_FIFO_LEVEL", 24, 4), transmitter::size));
  }

  /** What is behind the registers. */
  public Uart uart() {
    return uart;
  }

  @Override
  public LineTiming timing() {
    return timing;
  }

  @Override
  public boolean transmits() {
    return control.has(TRANSMITTER_ON);
  }

  @Override
  public boolean receives() {
    return control.has(RECEIVER_ON);
  }

  @Override
  public boolean heedsClearToSend() {
    return control.has(TRANSMIT_BY_CTS);
  }

  @Override
  public boolean requestsToSend() {
    return modemControl.has(RTS);
  }

  /** The line as LCR and BAUD set it up. */
  private final class Timing implements LineTiming {
    @Override
    public boolean hasRate() {
      return true;
    }

    private long clocksPerBit() {
      return (long) CLOCKS_PER_BIT * (baud.value() + 1);
    }

    @Override
    public SerialFormat format() {
      int rate = (int) Math.min(CORE_CLOCK / clocksPerBit(), FASTEST_BAUD);
      int bits = DATA_SIZE.in(lineControl.value()) == EIGHT_BITS ? 8 : 7;
      return new SerialFormat(rate, bits, Parity.NONE, 1);
    }

    @Override
    public long frameNanos() {
      return clocksPerBit() * format().frameBits() * NANOS_PER_SECOND / CORE_CLOCK;
    }
  }

  /** One for characters that wait, and one for an empty transmit FIFO; none for a timeout. */
  private final class Interrupts implements UartInterrupts {
    @Override
    public void begins(UartCondition condition) {
      hasOverrun |= condition == UartCondition.OVERRUN;
      update();
    }

    @Override
    public void ends(UartCondition condition) {
      update();
    }

    void update() {
      irq.set(Level.of(isAsserted()));
    }

    boolean fromReceiver() {
      return RECEIVE_ENABLE.isSetIn(interruptEnables) && uart.receiver().hasData();
    }

    boolean fromTransmitter() {
      return TRANSMIT_ENABLE.isSetIn(interruptEnables) && uart.transmitter().isEmpty();
    }

    @Override
    public boolean isAsserted() {
      return fromReceiver() || fromTransmitter();
    }

    @Override
    public boolean isEnabled(UartCondition condition) {
      return switch (condition) {
        case RECEIVE_LEVEL -> RECEIVE_ENABLE.isSetIn(interruptEnables);
        case TRANSMIT_LEVEL -> TRANSMIT_ENABLE.isSetIn(interruptEnables);
        default -> false;
      };
    }
  }

  private boolean showsBaud() {
    return lineControl.has(DLAB);
  }

  private int readData() {
    if (showsBaud()) {
      return BAUD_LOW.in(baud.value());
    }
    uart.receiver().lookForInput();
    return DATA.in(uart.receiver().read());
  }

  private void writeData(int value) {
    if (showsBaud()) {
      baud.write(BAUD_LOW.replacedIn(baud.value(), value));
    } else {
      uart.transmitter().write(DATA.in(value));
    }
  }

  private int readEnables() {
    return showsBaud() ? BAUD_HIGH.in(baud.value()) : interruptEnables;
  }

  private void writeEnables(int value) {
    if (showsBaud()) {
      baud.write(BAUD_HIGH.replacedIn(baud.value(), value));
      return;
    }
    interruptEnables = value;
    if (RECEIVE_ENABLE.isSetIn(value)) {
      uart.receiver().lookForInput();
    }
    interrupts.update();
  }

  private int identify() {
    int id = interrupts.fromTransmitter() ? BY_TRANSMITTER : 0;
    id = interrupts.fromReceiver() ? BY_RECEIVER : id;
    return FIFO_ENABLES.mask() | (id == 0 ? NOT_PENDING.mask() : INTERRUPT_ID.with(id));
  }

  private void clearFifos(int value) {
    if (CLEAR_RECEIVE.isSetIn(value)) {
      uart.receiver().resize(DEPTH);
    }
    if (CLEAR_TRANSMIT.isSetIn(value)) {
      uart.transmitter().resize(DEPTH);
    }
  }

  /** Who looks at the status of an idle transmitter looks for input. */
  private void lookWhileIdle() {
    if (uart.transmitter().isIdle()) {
      uart.receiver().lookForInput();
    }
  }

  private boolean takeOverrun() {
    boolean had = hasOverrun;
    hasOverrun = false;
    return had;
  }
}
