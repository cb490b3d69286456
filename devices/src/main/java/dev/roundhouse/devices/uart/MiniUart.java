package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.auxiliary.AuxiliaryBlock;
import dev.roundhouse.devices.board.BoardServices;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.serial.OpenLine;
import dev.roundhouse.devices.serial.Parity;
import dev.roundhouse.devices.serial.ReceivedFrame;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.uart.UartTransmitter.Gate;

/**
 * UART1, the mini UART (BCM2711 ARM Peripherals, 2.2): like a 16550 with FIFOs of 8 that are always
 * on, no parity, one stop bit, and a baud rate of core clock / (8 (BAUD + 1)). Of its quirks: bit 0
 * of IER is for reception and bit 1 for transmission, as in a 16550; 8 bits need both low bits of
 * LCR; CTS is shown in bits 4 and 5 of MSR (errata to the BCM2835 manual, elinux.org). Not
 * modelled: breaks, and flow control by RTS.
 */
public final class MiniUart implements BoardUart {
  private static final int DEPTH = 8;
  private static final long CORE_CLOCK = 500_000_000;
  private static final int CLOCKS_PER_BIT = 8;
  private static final int FASTEST_BAUD = 10_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int TIMEOUT_FRAMES = 4;
  private static final int BYTE = 0xFF;
  private static final int BAUD_MASK = 0xFFFF;
  private static final int IER_RECEIVE = 1;
  private static final int IER_TRANSMIT = 1 << 1;
  private static final int IIR_NONE = 1;
  private static final int IIR_TRANSMIT = 1 << 1;
  private static final int IIR_RECEIVE = 1 << 2;
  private static final int IIR_FIFOS = 3 << 6;
  private static final int CLEAR_RECEIVE = 1 << 1;
  private static final int CLEAR_TRANSMIT = 1 << 2;
  private static final int LCR_8_BITS = 3;
  private static final int LCR_DIVISOR = 1 << 7;
  private static final int LSR_OVERRUN = 1 << 1;
  private static final int LSR_ROOM = 1 << 5;
  private static final int LSR_IDLE = 1 << 6;
  private static final int MCR_RTS = 1 << 1;
  private static final int MSR_CTS = 3 << 4;
  private static final int RECEIVER_ON = 1;
  private static final int TRANSMITTER_ON = 1 << 1;
  private static final int TRANSMIT_BY_CTS = 1 << 3;
  private static final int STAT_RECEIVER_IDLE = 1 << 2;
  private static final LostBytes.Advice LOST_BYTES =
      new LostBytes.Advice(
          "wait for bit 5 of AUX_MU_LSR", "read AUX_MU_IO until bit 0 of AUX_MU_LSR is 0");
  private static final int STAT_LEVEL_SHIFT = 16;
  private static final int STAT_ROOM_SHIFT = 24;

  private final BoardServices board;
  private final IrqLine irq;
  private final LostBytes lost;
  private final UartTransmitter transmitter;
  private final UartReceiver receiver;
  private SerialPeer peer = new OpenLine();
  private Signal clearToSend = Signal.ASSERTED;
  private int interruptEnables;
  private int lineControl;
  private int modemControl;
  private int scratch;
  private int control = RECEIVER_ON | TRANSMITTER_ON;
  private int baud;
  private boolean overrun;
  private boolean wantsInput;

  /** A mini UART whose registers stand in {@code aux}. */
  public MiniUart(BoardServices board, AuxiliaryBlock aux) {
    this.board = board;
    this.irq = aux.line(AuxiliaryBlock.MINI_UART);
    this.lost = new LostBytes(board.warnings(), name(), LOST_BYTES);
    Timing line = new Timing();
    Filled filled = new Filled();
    receiver = new UartReceiver(board, name(), line, filled);
    transmitter = new UartTransmitter(board, line, DEPTH, new Emptied(), this::frameSent);
    receiver.resize(DEPTH);
    transmitter.resize(DEPTH);
    transmitter.setTrigger(0);
    transmitter.enable(Gate.OPEN);
    addTo(aux);
  }

  private void addTo(AuxiliaryBlock aux) {
    int unit = AuxiliaryBlock.MINI_UART;
    aux.add(unit, new AuxiliaryBlock.Row("AUX_MU_IO", 0x40, this::readData, this::writeData));
    aux.add(
        unit, new AuxiliaryBlock.Row("AUX_MU_IER", 0x44, this::readEnables, this::writeEnables));
    aux.add(unit, new AuxiliaryBlock.Row("AUX_MU_IIR", 0x48, this::identify, this::clearFifos));
    aux.add(
        unit,
        new AuxiliaryBlock.Row("AUX_MU_LCR", 0x4C, () -> lineControl, v -> lineControl = v & BYTE));
    aux.add(unit, new AuxiliaryBlock.Row("AUX_MU_MCR", 0x50, () -> modemControl, this::writeModem));
    aux.add(unit, AuxiliaryBlock.Row.readOnly("AUX_MU_LSR", 0x54, this::readLineStatus));
    aux.add(unit, AuxiliaryBlock.Row.readOnly("AUX_MU_MSR", 0x58, () -> isClear() ? MSR_CTS : 0));
    aux.add(
        unit,
        new AuxiliaryBlock.Row("AUX_MU_SCRATCH", 0x5C, () -> scratch, v -> scratch = v & BYTE));
    aux.add(unit, new AuxiliaryBlock.Row("AUX_MU_CNTL", 0x60, () -> control, this::writeControl));
    aux.add(unit, AuxiliaryBlock.Row.readOnly("AUX_MU_STAT", 0x64, this::readStatus));
    aux.add(unit, new AuxiliaryBlock.Row("AUX_MU_BAUD", 0x68, () -> baud, this::writeBaud));
  }

  /** The line as LCR and BAUD set it up. */
  private final class Timing implements LineTiming {
    @Override
    public boolean hasRate() {
      return true;
    }

    @Override
    public SerialFormat format() {
      long rate = CORE_CLOCK / ((long) CLOCKS_PER_BIT * (baud + 1));
      int bits = (lineControl & LCR_8_BITS) == LCR_8_BITS ? 8 : 7;
      return new SerialFormat((int) Math.min(rate, FASTEST_BAUD), bits, Parity.NONE, 1);
    }

    @Override
    public long frameNanos() {
      long clocks = (long) CLOCKS_PER_BIT * (baud + 1) * format().frameBits();
      return clocks * NANOS_PER_SECOND / CORE_CLOCK;
    }

    @Override
    public long timeoutNanos() {
      return TIMEOUT_FRAMES * frameNanos();
    }
  }

  /** The transmit FIFO has changed: the interrupt follows. */
  private final class Emptied implements UartTransmitter.Events {
    @Override
    public void triggerReached() {
      update();
    }

    @Override
    public void triggerLeft() {
      update();
    }

    @Override
    public void overflowed() {
      lost.onTransmission();
    }
  }

  /** The receive FIFO has changed: the interrupt follows. */
  private final class Filled implements UartReceiver.Events {
    @Override
    public void frameArrived(int errors) {
      // Its errors are not shown anywhere.
    }

    @Override
    public void overrun() {
      overrun = true;
      lost.onReception();
    }

    @Override
    public void triggerReached() {
      update();
    }

    @Override
    public void triggerLeft() {
      update();
    }

    @Override
    public void timedOut() {
      // There is no such interrupt.
    }

    @Override
    public void emptied() {
      update();
    }
  }

  private boolean isClear() {
    return clearToSend == Signal.ASSERTED;
  }

  private boolean isDivisorShown() {
    return (lineControl & LCR_DIVISOR) != 0;
  }

  private int readData() {
    if (isDivisorShown()) {
      return baud & BYTE;
    }
    wantInput();
    return receiver.read() & BYTE;
  }

  private void writeData(int value) {
    if (isDivisorShown()) {
      writeBaud((baud & ~BYTE) | (value & BYTE));
    } else {
      transmitter.write(value & BYTE);
    }
  }

  private int readEnables() {
    return isDivisorShown() ? baud >>> Byte.SIZE : interruptEnables;
  }

  private void writeEnables(int value) {
    if (isDivisorShown()) {
      writeBaud((baud & BYTE) | (value & BYTE) << Byte.SIZE);
      return;
    }
    interruptEnables = value & BYTE;
    if ((value & IER_RECEIVE) != 0) {
      wantInput();
    }
    update();
  }

  private boolean receiveInterrupts() {
    return (interruptEnables & IER_RECEIVE) != 0 && !receiver.isEmpty();
  }

  private boolean transmitInterrupts() {
    return (interruptEnables & IER_TRANSMIT) != 0 && transmitter.isEmpty();
  }

  private int identify() {
    if (receiveInterrupts()) {
      return IIR_FIFOS | IIR_RECEIVE;
    }
    return IIR_FIFOS | (transmitInterrupts() ? IIR_TRANSMIT : IIR_NONE);
  }

  private void clearFifos(int value) {
    if ((value & CLEAR_RECEIVE) != 0) {
      receiver.resize(DEPTH);
    }
    if ((value & CLEAR_TRANSMIT) != 0) {
      transmitter.resize(DEPTH);
    }
    update();
  }

  private void writeModem(int value) {
    modemControl = value & BYTE;
    peer.requestToSend((value & MCR_RTS) != 0 ? Signal.ASSERTED : Signal.NEGATED);
  }

  private int readLineStatus() {
    boolean isIdle = !transmitter.isBusy();
    if (isIdle) {
      wantInput();
    }
    int status =
        (receiver.isEmpty() ? 0 : 1)
            | (overrun ? LSR_OVERRUN : 0)
            | (transmitter.isFull() ? 0 : LSR_ROOM)
            | (isIdle ? LSR_IDLE : 0);
    overrun = false;
    return status;
  }

  private void writeControl(int value) {
    control = value & BYTE;
    transmitter.enable((control & TRANSMITTER_ON) != 0 ? Gate.OPEN : Gate.SHUT);
    gateTransmitter();
    updateInput();
  }

  private void writeBaud(int value) {
    baud = value & BAUD_MASK;
    transmitter.lineChanged();
    updateInput();
  }

  private int readStatus() {
    if (!transmitter.isBusy()) {
      wantInput();
    }
    return (receiver.isEmpty() ? 0 : 1)
        | (transmitter.isFull() ? 0 : 1 << 1)
        | (receiver.isIdle() ? STAT_RECEIVER_IDLE : 0)
        | (transmitter.isBusy() ? 0 : 1 << 3)
        | (overrun ? 1 << 4 : 0)
        | (transmitter.isFull() ? 1 << 5 : 0)
        | (modemControl & MCR_RTS) << 5
        | (isClear() ? 1 << 7 : 0)
        | (transmitter.isEmpty() ? 1 << 8 : 0)
        | (transmitter.isBusy() ? 0 : 1 << 9)
        | receiver.size() << STAT_LEVEL_SHIFT
        | (DEPTH - transmitter.room()) << STAT_ROOM_SHIFT;
  }

  private void gateTransmitter() {
    boolean isHeld = (control & TRANSMIT_BY_CTS) != 0 && !isClear();
    transmitter.gateByClearToSend(isHeld ? Gate.SHUT : Gate.OPEN);
  }

  private void wantInput() {
    if (!wantsInput) {
      wantsInput = true;
      updateInput();
    }
  }

  private void updateInput() {
    boolean wanted = wantsInput && (control & RECEIVER_ON) != 0;
    receiver.setInput(wanted ? UartReceiver.Input.WANTED : UartReceiver.Input.UNWANTED);
  }

  private void update() {
    irq.set(Level.of(receiveInterrupts() || transmitInterrupts()));
  }

  private void frameSent(int value, long atNanos) {
    if (board.trace().isOn()) {
      board.trace().emit(atNanos, new DeviceEvent.FrameSent(name(), value));
    }
    peer.frameFromUart(value);
    update();
  }

  @Override
  public String name() {
    return "UART1";
  }

  @Override
  public void attach(SerialPeer farEnd) {
    peer = farEnd;
    receiver.attach(farEnd);
    transmitter.attach(farEnd);
    farEnd.requestToSend((modemControl & MCR_RTS) != 0 ? Signal.ASSERTED : Signal.NEGATED);
  }

  @Override
  public void inputArrived() {
    receiver.inputArrived();
  }

  @Override
  public void frameBegins(SerialFormat sentAs) {
    receiver.frameBegins(sentAs.frameNanos());
  }

  @Override
  public void receiveFrame(int value, SerialFormat sentAs) {
    if ((control & RECEIVER_ON) != 0) {
      receiver.arrive(ReceivedFrame.sample(value, sentAs, format()), board.clock().nanos());
    }
  }

  @Override
  public void setCts(Signal state) {
    clearToSend = state;
    gateTransmitter();
  }

  @Override
  public SerialFormat format() {
    return new Timing().format();
  }

  @Override
  public boolean isTransmitting() {
    return transmitter.isMoving();
  }

  @Override
  public boolean mayStillInterrupt() {
    boolean mayReceive =
        (interruptEnables & IER_RECEIVE) != 0
            && (control & RECEIVER_ON) != 0
            && receiver.mayReceive();
    boolean maySend = (interruptEnables & IER_TRANSMIT) != 0 && transmitter.isMoving();
    return receiveInterrupts() || transmitInterrupts() || mayReceive || maySend;
  }
}
