package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.board.BoardServices;
import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.NarrowWrite;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.serial.OpenLine;
import dev.roundhouse.devices.serial.ReceivedFrame;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.uart.UartTransmitter.Gate;

/**
 * A PL011 UART as built into the BCM2711 (PL011 TRM, DDI 0183; BCM2711 ARM Peripherals, 11.5):
 * FIFOs with levels, receive timeout, frame times from a 48 MHz clock, CTS and RTS with hardware
 * flow control, loopback and all interrupts that the chip supports.
 *
 * <p>Clear to send is asserted until {@link #setCts} says otherwise. Not modelled, with a visible
 * warning at their use: DMA, IrDA, the sending of breaks, and the test registers.
 */
public final class Pl011 implements BoardUart {
  /**
   * Depth of both FIFOs. The chip has revision r1p5, which is 32 deep, though older documents say
   * 16 (Linux, commit 0de09025f161, "ARM: dts: bcm2711: PL011 UARTs are actually r1p5").
   */
  static final int FIFO_DEPTH = 32;

  /** Bytes from one UART to the next. */
  public static final int LENGTH = 0x200;

  private final String name;
  private final BoardServices board;
  private final RegisterTable table;
  private final Register control;
  private final Register levels;
  private final Pl011Interrupts interrupts;
  private final Pl011LineSettings line = new Pl011LineSettings();
  private final UartTransmitter transmitter;
  private final UartReceiver receiver;
  private final Pl011Modem modem;
  private SerialPeer peer = new OpenLine();
  private boolean lookedForInput;
  private boolean sawAllIdle;
  private boolean warnedOfDivisor;

  /** A UART after reset with an open line. */
  public Pl011(String name, BoardServices board, IrqLine irq) {
    this.name = name;
    this.board = board;
    this.interrupts =
        new Pl011Interrupts(irq, new LostBytes(board.warnings(), name, Pl011Layout.LOST_BYTES));
    this.receiver = new UartReceiver(board, name, line, interrupts.ofReceiver());
    this.transmitter =
        new UartTransmitter(board, line, FIFO_DEPTH, interrupts.ofTransmitter(), this::frameSent);
    this.modem = new Pl011Modem(interrupts, receiver, transmitter);
    this.table = new RegisterTable(name, LENGTH, board.warnings());
    this.control = table.add(Pl011Layout.controlRegister().writtenBy(this::controlWritten));
    this.levels = table.add(Pl011Layout.levelsRegister().writtenBy(value -> levelsChanged()));
    addDataRegisters();
    addLineRegisters();
    addInterruptRegisters();
  }

  private void addDataRegisters() {
    table.add(
        Register.of("DR", Pl011Layout.DR, Access.RW)
            .bits(Pl011Layout.DATA_BITS)
            .narrowWrites(NarrowWrite.ZEROES_THE_REST)
            .readBy(this::readData)
            .writtenBy(this::writeData));
    table.add(
        Register.of("RSRECR", Pl011Layout.RSRECR, Access.RW)
            .narrowWrites(NarrowWrite.ZEROES_THE_REST)
            .readBy(receiver::status)
            .writtenBy(value -> receiver.clearStatus()));
    table.add(Register.of("FR", Pl011Layout.FR, Access.RO).readBy(this::readFlags).steady());
    table.add(Register.of("DMACR", Pl011Layout.DMACR, Access.UNMODELLED));
    table.add(Register.of("ITCR", Pl011Layout.ITCR, Access.UNMODELLED));
    table.add(Register.of("ITIP", Pl011Layout.ITIP, Access.UNMODELLED));
    table.add(Register.of("ITOP", Pl011Layout.ITOP, Access.UNMODELLED));
    table.add(Register.of("TDR", Pl011Layout.TDR, Access.UNMODELLED));
  }

  private void addLineRegisters() {
    // IrDA is disabled on this chip (BCM2711 ARM Peripherals, 11.5, ILPR).
    table.add(Register.of("ILPR", Pl011Layout.ILPR, Access.RESERVED));
    table.add(
        Register.of("IBRD", Pl011Layout.IBRD, Access.RW)
            .bits(Pl011Layout.DIVISOR_BITS)
            .writtenBy(this::integerWritten));
    table.add(
        Register.of("FBRD", Pl011Layout.FBRD, Access.RW)
            .bits(Pl011Layout.FRACTION_BITS)
            .writtenBy(this::fractionWritten));
    table.add(Pl011Layout.lineControlRegister().writtenBy(this::lineControlWritten));
  }

  private void addInterruptRegisters() {
    table.add(
        Register.of("IMSC", Pl011Layout.IMSC, Access.RW)
            .bits(Pl011Layout.INTERRUPT_BITS)
            .writtenBy(this::maskWritten));
    table.add(Register.of("RIS", Pl011Layout.RIS, Access.RO).readBy(interrupts::raw).steady());
    table.add(Register.of("MIS", Pl011Layout.MIS, Access.RO).readBy(interrupts::masked).steady());
    table.add(
        Register.of("ICR", Pl011Layout.ICR, Access.WO)
            .bits(Pl011Layout.INTERRUPT_BITS)
            .writtenBy(interrupts::clear));
  }

  /** Its registers. */
  public MmioDevice registers() {
    return table;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void attach(SerialPeer farEnd) {
    peer = farEnd;
    receiver.attach(farEnd);
    transmitter.attach(farEnd);
    modem.attach(farEnd);
  }

  @Override
  public void inputArrived() {
    receiver.inputArrived();
  }

  /** {@inheritDoc} It may overrun the FIFO; a receiver that is off does not see it. */
  @Override
  public void receiveFrame(int value, SerialFormat sentAs) {
    if (!receives() || control.has(Pl011Layout.LOOPBACK)) {
      return;
    }
    receiver.arrive(ReceivedFrame.sample(value, sentAs, line.format()), board.clock().nanos());
  }

  /** The far end holds the line low for longer than a frame: one character of zero with BE set. */
  public void receiveBreak() {
    if (receives() && !control.has(Pl011Layout.LOOPBACK)) {
      receiver.arrive(UartReceiver.BREAK_ERROR | UartReceiver.FRAMING_ERROR, board.clock().nanos());
    }
  }

  @Override
  public void setCts(Signal state) {
    modem.setClearToSend(state);
  }

  /** The request-to-send output. */
  public Signal requestToSend() {
    return modem.requestToSend();
  }

  /** {@inheritDoc} 115200 8N1 before the program has set one. */
  @Override
  public SerialFormat format() {
    return line.format();
  }

  /**
   * Whether the program wants input: the receiver is enabled, and the program has unmasked a
   * receive or timeout interrupt, has read DR, or has polled an idle UART's flags for input, at any
   * time before.
   */
  public boolean wantsInput() {
    return lookedForInput && receives();
  }

  @Override
  public boolean isTransmitting() {
    return transmitter.isMoving();
  }

  @Override
  public boolean mayStillInterrupt() {
    if (interrupts.masked() != 0) {
      return true;
    }
    boolean isHeard = transmitter.isMoving() && peer.reactsToFrames();
    boolean looped = control.has(Pl011Layout.LOOPBACK) && transmitter.isMoving();
    if (interrupts.isUnmasked(Pl011Interrupts.RECEPTION) && receives()) {
      boolean frames =
          looped || ((isHeard || receiver.mayReceive()) && !control.has(Pl011Layout.LOOPBACK));
      boolean timesOut =
          receiver.timeoutIsNear() && interrupts.isUnmasked(Pl011Interrupts.RECEIVE_TIMEOUT);
      if (frames || timesOut) {
        return true;
      }
    }
    if (interrupts.isUnmasked(Pl011Interrupts.TRANSMIT)
        && (transmitter.willReachTrigger()
            || (transmitter.isHeldAboveTrigger() && (isHeard || peer.clearToSendMayChange())))) {
      return true;
    }
    return interrupts.isUnmasked(Pl011Interrupts.CTS) && (isHeard || peer.clearToSendMayChange());
  }

  private boolean receives() {
    return control.has(Pl011Layout.ENABLE)
        && control.has(Pl011Layout.RECEIVE_ENABLE)
        && line.hasRate();
  }

  private int readData() {
    wantInput();
    return receiver.read();
  }

  private void writeData(int value) {
    sawAllIdle = false;
    transmitter.write(value);
  }

  private int readFlags() {
    int flags =
        (modem.clearToSend() == Signal.ASSERTED ? Pl011Layout.FLAG_CTS : 0)
            | (transmitter.isBusy() ? Pl011Layout.FLAG_BUSY : 0)
            | (receiver.isEmpty() ? Pl011Layout.FLAG_RECEIVE_EMPTY : 0)
            | (transmitter.isFull() ? Pl011Layout.FLAG_TRANSMIT_FULL : 0)
            | (receiver.isFull() ? Pl011Layout.FLAG_RECEIVE_FULL : 0)
            | (transmitter.isEmpty() ? Pl011Layout.FLAG_TRANSMIT_EMPTY : 0);
    boolean allIdle = (flags & Pl011Layout.ALL_IDLE_MASK) == Pl011Layout.ALL_IDLE;
    if (allIdle && sawAllIdle) {
      wantInput();
    }
    sawAllIdle = allIdle;
    return flags;
  }

  private void integerWritten(int value) {
    line.writeInteger(value);
    lineChanged();
  }

  private void fractionWritten(int value) {
    line.writeFraction(value);
    lineChanged();
  }

  private void lineControlWritten(int value) {
    boolean before = line.fifosEnabled();
    line.writeLineControl(value);
    if (before != line.fifosEnabled()) {
      int depth = before ? 1 : FIFO_DEPTH;
      transmitter.resize(depth);
      receiver.resize(depth);
      levelsChanged();
    }
    lineChanged();
  }

  private void lineChanged() {
    transmitter.lineChanged();
    updateInput();
  }

  private void levelsChanged() {
    transmitter.setTrigger(line.fifosEnabled() ? entries(Pl011Layout.TRANSMIT_LEVEL) : 0);
    receiver.setTrigger(line.fifosEnabled() ? entries(Pl011Layout.RECEIVE_LEVEL) : 1);
  }

  /** The FIFO level that a field of IFLS selects (PL011 TRM, 3.3.9); reserved values: 7/8. */
  private int entries(Field level) {
    return switch (level.in(levels.value())) {
      case 0 -> FIFO_DEPTH / 8;
      case 1 -> FIFO_DEPTH / 4;
      case 2 -> FIFO_DEPTH / 2;
      case 3 -> FIFO_DEPTH - FIFO_DEPTH / 4;
      default -> FIFO_DEPTH - FIFO_DEPTH / 8;
    };
  }

  private void controlWritten(int value) {
    boolean sends = Pl011Layout.ENABLE.isSetIn(value) && Pl011Layout.TRANSMIT_ENABLE.isSetIn(value);
    if (Pl011Layout.ENABLE.isSetIn(value) && line.divisorWaits() && !warnedOfDivisor) {
      warnedOfDivisor = true;
      board
          .warnings()
          .warn(name, "the baud rate stays as it was: LCRH must be written after IBRD and FBRD");
    }
    transmitter.enable(sends ? Gate.OPEN : Gate.SHUT);
    modem.setControl(value);
    updateInput();
  }

  private void maskWritten(int mask) {
    interrupts.setMask(mask);
    if (interrupts.isUnmasked(Pl011Interrupts.RECEIVE | Pl011Interrupts.RECEIVE_TIMEOUT)) {
      wantInput();
    }
  }

  private void wantInput() {
    if (!lookedForInput) {
      lookedForInput = true;
      updateInput();
    }
  }

  private void updateInput() {
    boolean wanted = wantsInput() && !control.has(Pl011Layout.LOOPBACK);
    receiver.setInput(wanted ? UartReceiver.Input.WANTED : UartReceiver.Input.UNWANTED);
  }

  private void frameSent(int value, long atNanos) {
    if (board.trace().isOn()) {
      board.trace().emit(atNanos, new DeviceEvent.FrameSent(name, value));
    }
    if (!control.has(Pl011Layout.LOOPBACK)) {
      peer.frameFromUart(value & Pl011Layout.DATA_MASK);
    } else if (receives()) {
      receiver.arrive(value, atNanos);
    }
  }
}
