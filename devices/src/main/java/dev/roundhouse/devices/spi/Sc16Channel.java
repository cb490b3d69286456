package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.uart.LineTiming;
import dev.roundhouse.devices.uart.LostBytes;
import dev.roundhouse.devices.uart.Uart;
import dev.roundhouse.devices.uart.UartCondition;
import dev.roundhouse.devices.uart.UartReceiver;
import dev.roundhouse.devices.uart.UartSettings;
import dev.roundhouse.devices.uart.UartTransmitter;
import org.jspecify.annotations.Nullable;

/**
 * One UART of an SC16IS752 (NXP data sheet SC16IS752_SC16IS762, 7 and 8): a 16C450 with FIFOs of
 * 64, levels, timeout, CTS and RTS with automatic flow control, and loopback. Not modelled:
 * software flow control, special characters, sleep, 9-bit and RS-485 modes, the GPIO pins.
 */
final class Sc16Channel implements UartSettings {
  private static final int DEPTH = 64;
  private static final Uart.Kind KIND =
      new Uart.Kind(
          DEPTH,
          new LostBytes.Advice(
              "wait for TXLVL > 0",
              "read RHR until RXLVL = 0",
              "set DLL and DLH, clear EFCR bit 2"));

  private static final int REGISTERS = 16;
  private static final Field DATA = Field.of("DATA", 0, 8);
  private static final Field FIFO_ENABLE = Field.bit("FIFO_ENABLE", 0);
  private static final Field RESET_RX_FIFO = Field.bit("RESET_RX_FIFO", 1);
  private static final Field RESET_TX_FIFO = Field.bit("RESET_TX_FIFO", 2);
  private static final Field TX_TRIGGER = Field.of("TX_TRIGGER", 4, 2);
  private static final Field RX_TRIGGER = Field.of("RX_TRIGGER", 6, 2);
  private static final int[] RX_TRIGGERS = {8, 16, 56, 60};
  private static final int[] TX_SPACES = {8, 16, 32, 56};
  private static final Field TLR_TX = Field.of("TLR[3:0]", 0, 4);
  private static final Field TLR_RX = Field.of("TLR[7:4]", 4, 4);
  private static final int TLR_UNIT = 4;
  private static final Field RTS = Field.bit("RTS", 1);
  private static final Field TCR_TLR_ENABLE = Field.bit("TCR_TLR_ENABLE", 2);
  private static final Field LOOPBACK = Field.bit("LOOPBACK_ENABLE", 4);
  private static final int MCR_ENHANCED = 0xE4;
  private static final int IER_ENHANCED = 0xF0;
  private static final Field ENHANCED = Field.bit("ENHANCED_FUNCTIONS", 4);
  private static final Field AUTO_RTS = Field.bit("AUTO_RTS", 6);
  private static final Field AUTO_CTS = Field.bit("AUTO_CTS", 7);
  private static final Field RECEIVER_DISABLE = Field.bit("RX_DISABLE", 1);
  private static final Field TRANSMITTER_DISABLE = Field.bit("TX_DISABLE", 2);

  private final Register fifoControl = byteRegister("FCR", 2);
  private final Register modemControl = byteRegister("MCR", 4);
  private final Register scratch = byteRegister("SPR", 7);
  private final Register flowLevels = byteRegister("TCR", 6);
  private final Register levels = byteRegister("TLR", 7);
  private final Register extra = byteRegister("EFCR", 0xF);
  private final Register enhanced = byteRegister("EFR", 2);
  private final @Nullable Register[] generalSet = new Register[REGISTERS];
  private final @Nullable Register[] divisorSet = new Register[REGISTERS];
  private final @Nullable Register[] levelSet = new Register[REGISTERS];
  private final @Nullable Register[] enhancedSet = new Register[REGISTERS];
  private final Sc16Line line = new Sc16Line(modemControl);
  private final Sc16Interrupts interrupts;
  private final Uart uart;
  private int fifoDepth = 1;

  Sc16Channel(String name, BoardServices board, Runnable irqMayChange) {
    interrupts = new Sc16Interrupts(irqMayChange);
    uart = new Uart(name, KIND, board, this, interrupts);
    addGeneralSet();
    addOtherSets();
    reset();
  }

  private static Register byteRegister(String name, int number) {
    return Register.of(name, number, Access.RW).bits(Byte.SIZE);
  }

  private static void add(@Nullable Register[] set, Register... registers) {
    for (Register register : registers) {
      set[register.offset()] = register;
    }
  }

  private void addGeneralSet() {
    UartTransmitter transmitter = uart.transmitter();
    UartReceiver receiver = uart.receiver();
    add(
        generalSet,
        byteRegister("RHR/THR", 0).readBy(this::readData).writtenBy(transmitter::write),
        interrupts
            .enables
            .keeping(() -> isEnhanced() ? 0 : IER_ENHANCED)
            .writtenBy(value -> enablesWritten()),
        fifoControl
            .readBy(interrupts::identify)
            .flag(Field.of("FIFOS_ENABLED", 6, 2), this::areFifosOn)
            .writtenBy(this::fifoControlWritten),
        line.control,
        modemControl.keeping(() -> isEnhanced() ? 0 : MCR_ENHANCED),
        Register.of("LSR", 5, Access.RO)
            .beforeRead(this::lookWhileIdle)
            .flag(Field.bit("DATA_IN_RECEIVER", 0), receiver::hasData)
            .flag(Field.bit("OVERRUN_ERROR", 1), interrupts::takeOverrun)
            .flag(Field.bit("PARITY_ERROR", 2), () -> receiver.nextHas(UartReceiver.PARITY_ERROR))
            .flag(Field.bit("FRAMING_ERROR", 3), () -> receiver.nextHas(UartReceiver.FRAMING_ERROR))
            .flag(Field.bit("BREAK_INTERRUPT", 4), () -> receiver.nextHas(UartReceiver.BREAK_ERROR))
            .flag(Field.bit("THR_EMPTY", 5), transmitter::isEmpty)
            .flag(Field.bit("THR_AND_TSR_EMPTY", 6), transmitter::isIdle)
            .flag(Field.bit("FIFO_DATA_ERROR", 7), receiver::hasErrors),
        Register.of("MSR", 6, Access.RO)
            .flag(Field.bit("DELTA_CTS", 0), interrupts::takeClearToSendChange)
            .flag(Field.bit("CTS", 4), uart::isClearToSend),
        scratch,
        Register.of("TXLVL", 8, Access.RO).readBy(transmitter::room),
        Register.of("RXLVL", 9, Access.RO)
            .beforeRead(receiver::lookForInput)
            .readBy(receiver::size),
        extra);
  }

  private void addOtherSets() {
    add(divisorSet, line.divisorLow, line.divisorHigh);
    add(levelSet, flowLevels, levels.writtenBy(value -> updateLevels()));
    add(enhancedSet, enhanced);
    add(enhancedSet, byteRegister("XON1", 4), byteRegister("XON2", 5));
    add(enhancedSet, byteRegister("XOFF1", 6), byteRegister("XOFF2", 7));
  }

  /** As after power-on; divisor, scratch pad and XON and XOFF characters stay (7.4, table 32). */
  void reset() {
    line.control.restore();
    fifoControl.restore();
    modemControl.restore();
    enhanced.restore();
    extra.restore();
    levels.restore();
    flowLevels.restore();
    interrupts.reset();
    fifoDepth = 1;
    uart.resize(fifoDepth);
    updateLevels();
    uart.settingsChanged();
  }

  /** What is behind the registers. */
  Uart uart() {
    return uart;
  }

  boolean interrupts() {
    return interrupts.isAsserted();
  }

  int read(int number) {
    Register register = register(number);
    return register == null ? 0 : register.read();
  }

  void write(int number, int value) {
    Register register = register(number);
    if (register != null) {
      register.write(value);
    }
    uart.settingsChanged();
  }

  /** The register that LCR, MCR and EFR let be seen at a number (data sheet, 8). */
  private @Nullable Register register(int number) {
    if (line.showsEnhanced() && enhancedSet[number] != null) {
      return enhancedSet[number];
    }
    if (line.showsDivisor() && divisorSet[number] != null) {
      return divisorSet[number];
    }
    boolean showsLevels = isEnhanced() && modemControl.has(TCR_TLR_ENABLE);
    return showsLevels && levelSet[number] != null ? levelSet[number] : generalSet[number];
  }

  private boolean isEnhanced() {
    return enhanced.has(ENHANCED);
  }

  private boolean areFifosOn() {
    return fifoControl.has(FIFO_ENABLE);
  }

  private int readData() {
    uart.receiver().lookForInput();
    int value = DATA.in(uart.receiver().read());
    interrupts.ends(UartCondition.RECEIVE_TIMEOUT);
    errorsMayBeRead();
    return value;
  }

  private void errorsMayBeRead() {
    if (!uart.receiver().hasErrors()) {
      interrupts.errorsAreRead();
    }
  }

  private void enablesWritten() {
    interrupts.enablesWritten();
    if (interrupts.areForReception()) {
      uart.receiver().lookForInput();
    }
  }

  private void fifoControlWritten(int value) {
    int depth = areFifosOn() ? DEPTH : 1;
    if (depth != fifoDepth || RESET_RX_FIFO.isSetIn(value)) {
      uart.receiver().resize(depth);
      errorsMayBeRead();
    }
    if (depth != fifoDepth || RESET_TX_FIFO.isSetIn(value)) {
      uart.transmitter().resize(depth);
    }
    fifoDepth = depth;
    updateLevels();
  }

  /** TLR, where it is not 0, is in place of the levels of FCR (8.13). */
  private void updateLevels() {
    int receive = RX_TRIGGERS[RX_TRIGGER.in(fifoControl.value())];
    int spaces = TX_SPACES[isEnhanced() ? TX_TRIGGER.in(fifoControl.value()) : 0];
    if (TLR_RX.isSetIn(levels.value())) {
      receive = TLR_RX.in(levels.value()) * TLR_UNIT;
    }
    if (TLR_TX.isSetIn(levels.value())) {
      spaces = TLR_TX.in(levels.value()) * TLR_UNIT;
    }
    uart.receiver().setLevel(areFifosOn() ? receive : 1);
    uart.transmitter().setLevel(areFifosOn() ? DEPTH - spaces : 0);
  }

  /** Who looks at the status of an idle transmitter looks for input. */
  private void lookWhileIdle() {
    if (uart.transmitter().isIdle()) {
      uart.receiver().lookForInput();
    }
  }

  @Override
  public LineTiming timing() {
    return line;
  }

  @Override
  public boolean transmits() {
    return !extra.has(TRANSMITTER_DISABLE);
  }

  @Override
  public boolean receives() {
    return !extra.has(RECEIVER_DISABLE);
  }

  @Override
  public boolean heedsClearToSend() {
    return enhanced.has(AUTO_CTS);
  }

  @Override
  public boolean requestsToSend() {
    return enhanced.has(AUTO_RTS) ? uart.receiver().isBelowLevel() : modemControl.has(RTS);
  }

  @Override
  public boolean isLooped() {
    return modemControl.has(LOOPBACK);
  }
}
