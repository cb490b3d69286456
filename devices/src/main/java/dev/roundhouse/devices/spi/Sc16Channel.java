package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.board.BoardServices;
import dev.roundhouse.devices.serial.OpenLine;
import dev.roundhouse.devices.serial.ReceivedFrame;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.uart.BoardUart;
import dev.roundhouse.devices.uart.LostBytes;
import dev.roundhouse.devices.uart.UartReceiver;
import dev.roundhouse.devices.uart.UartTransmitter;
import dev.roundhouse.devices.uart.UartTransmitter.Gate;

/**
 * One UART of an SC16IS752 (NXP data sheet SC16IS752_SC16IS762, 7 and 8): a 16C450 with FIFOs of
 * 64, levels, timeout, CTS and RTS with automatic flow control, and loopback. Not modelled:
 * software flow control, special characters, sleep, 9-bit and RS-485 modes, the GPIO pins.
 */
final class Sc16Channel implements BoardUart {
  private static final int DEPTH = 64;
  private static final int DATA = 0;
  private static final int IER = 1;
  private static final int FCR = 2;
  private static final int LCR = 3;
  private static final int MCR = 4;
  private static final int LSR = 5;
  private static final int MSR = 6;
  private static final int SPR = 7;
  private static final int TXLVL = 8;
  private static final int RXLVL = 9;
  private static final int EFCR = 0xF;
  private static final int ENHANCED_SET = 0xBF;
  private static final int DIVISOR_LATCH = 1 << 7;
  private static final int LCR_AFTER_RESET = 0x1D;
  private static final int EFR_ENHANCED = 1 << 4;
  private static final int EFR_AUTO_RTS = 1 << 6;
  private static final int EFR_AUTO_CTS = 1 << 7;
  private static final int IER_PLAIN = 0x0F;
  private static final int FIFO_ENABLE = 1;
  private static final int RESET_RECEIVER = 1 << 1;
  private static final int RESET_TRANSMITTER = 1 << 2;
  private static final int RECEIVE_TRIGGER_SHIFT = 6;
  private static final int TRANSMIT_TRIGGER_SHIFT = 4;
  private static final int[] RECEIVE_TRIGGERS = {8, 16, 56, 60};
  private static final int[] TRANSMIT_SPACES = {8, 16, 32, 56};
  private static final int MCR_RTS = 1 << 1;
  private static final int MCR_LEVELS = 1 << 2;
  private static final int MCR_LOOPBACK = 1 << 4;
  private static final int MCR_PLAIN = 0x1B;
  private static final int PRESCALER_SHIFT = 7;
  private static final int EFCR_NO_RECEIVER = 1 << 1;
  private static final int EFCR_NO_TRANSMITTER = 1 << 2;
  private static final int BYTE = 0xFF;
  private static final int NIBBLE = 0xF;
  private static final LostBytes.Advice LOST_BYTES =
      new LostBytes.Advice("wait for TXLVL > 0", "read RHR until RXLVL = 0");

  private final String name;
  private final BoardServices board;
  private final Sc16Line line = new Sc16Line();
  private final Sc16Interrupts interrupts;
  private final UartReceiver receiver;
  private final UartTransmitter transmitter;
  private SerialPeer peer = new OpenLine();
  private Signal clearToSend = Signal.ASSERTED;
  private Signal requestToSend = Signal.NEGATED;
  private final int[] xCharacters = new int[4];
  private int fifoControl;
  private int modemControl;
  private int enhanced;
  private int extra;
  private int scratch;
  private int levels;
  private int flowLevels;
  private boolean wantsInput;

  Sc16Channel(String name, BoardServices board, Runnable irqMayChange) {
    this.name = name;
    this.board = board;
    LostBytes lost = new LostBytes(board.warnings(), name, LOST_BYTES);
    interrupts = new Sc16Interrupts(irqMayChange, lost);
    receiver = new UartReceiver(board, name, line, interrupts.ofReceiver());
    transmitter =
        new UartTransmitter(board, line, DEPTH, interrupts.ofTransmitter(), this::frameSent);
    receiver.whenLevelPasses(this::updateRequestToSend);
    reset();
  }

  /** As after power-on; divisor, scratch pad and XON and XOFF characters stay (7.4, table 32). */
  void reset() {
    line.writeControl(LCR_AFTER_RESET);
    fifoControl = 0;
    enhanced = 0;
    extra = 0;
    levels = 0;
    flowLevels = 0;
    interrupts.reset();
    receiver.resize(1);
    transmitter.resize(1);
    writeModem(0);
    transmitter.enable(Gate.OPEN);
    updateTriggers();
    gateTransmitter();
    updateInput();
  }

  /** Whether it asks for an interrupt. */
  boolean interrupts() {
    return interrupts.isAsserted();
  }

  private boolean showsEnhanced() {
    return line.control() == ENHANCED_SET;
  }

  private boolean showsDivisor() {
    return (line.control() & DIVISOR_LATCH) != 0 && !showsEnhanced();
  }

  private boolean isEnhanced() {
    return (enhanced & EFR_ENHANCED) != 0;
  }

  private boolean showsLevels() {
    return isEnhanced() && (modemControl & MCR_LEVELS) != 0;
  }

  /** Reads a register; a look for input counts as the wish for some. */
  int read(int register) {
    if (showsEnhanced() && (register == FCR || register >= MCR) && register <= SPR) {
      return register == FCR ? enhanced : register == LCR ? 0 : xCharacters[register - MCR];
    }
    return switch (register) {
      case DATA -> showsDivisor() ? line.divisorLow() : readData();
      case IER -> showsDivisor() ? line.divisorHigh() : interrupts.enabled();
      case FCR -> interrupts.identify() | ((fifoControl & FIFO_ENABLE) != 0 ? 0xC0 : 0);
      case LCR -> line.control();
      case MCR -> modemControl;
      case LSR -> readLineStatus();
      case MSR -> showsLevels() ? flowLevels : interrupts.takeModemStatus(seenClearToSend());
      case SPR -> showsLevels() ? levels : scratch;
      case TXLVL -> transmitter.room();
      case RXLVL -> readLevel();
      case EFCR -> extra;
      default -> 0;
    };
  }

  /** Writes a register, 8 bits. */
  void write(int register, int value) {
    if (showsEnhanced() && (register == FCR || register >= MCR) && register <= SPR) {
      writeEnhanced(register, value);
      return;
    }
    switch (register) {
      case DATA -> writeData(value);
      case IER -> writeEnables(value);
      case FCR -> writeFifoControl(value);
      case LCR -> line.writeControl(value);
      case MCR -> writeModem(value);
      case MSR -> flowLevels = showsLevels() ? value : flowLevels;
      case SPR -> writeScratch(value);
      case EFCR -> writeExtra(value);
      default -> {
        // Read only, or not modelled.
      }
    }
    transmitter.lineChanged();
  }

  private void writeEnhanced(int register, int value) {
    if (register == FCR) {
      enhanced = value;
      updateRequestToSend();
      gateTransmitter();
    } else {
      xCharacters[register - MCR] = value;
    }
  }

  private int readData() {
    wantInput();
    int value = receiver.read() & BYTE;
    interrupts.characterRead();
    interrupts.setErrors(receiver.status());
    return value;
  }

  private void writeData(int value) {
    if (showsDivisor()) {
      line.writeDivisorLow(value);
    } else {
      transmitter.write(value);
    }
  }

  private void writeEnables(int value) {
    if (showsDivisor()) {
      line.writeDivisorHigh(value);
      return;
    }
    interrupts.enable(isEnhanced() ? value : value & IER_PLAIN, transmitter.room());
    if ((value & 1) != 0) {
      wantInput();
    }
  }

  private void writeFifoControl(int value) {
    boolean wasOn = (fifoControl & FIFO_ENABLE) != 0;
    boolean isOn = (value & FIFO_ENABLE) != 0;
    fifoControl = value;
    int depth = isOn ? DEPTH : 1;
    if (wasOn != isOn || (value & RESET_RECEIVER) != 0) {
      receiver.resize(depth);
    }
    if (wasOn != isOn || (value & RESET_TRANSMITTER) != 0) {
      transmitter.resize(depth);
    }
    updateTriggers();
  }

  /** TLR, where it is not 0, is in place of the levels of FCR (8.13). */
  private void updateTriggers() {
    boolean isOn = (fifoControl & FIFO_ENABLE) != 0;
    int receive = RECEIVE_TRIGGERS[fifoControl >>> RECEIVE_TRIGGER_SHIFT & 3];
    int plain = isEnhanced() ? fifoControl >>> TRANSMIT_TRIGGER_SHIFT & 3 : 0;
    int spaces = TRANSMIT_SPACES[plain];
    if (levels >>> 4 != 0) {
      receive = (levels >>> 4) * 4;
    }
    if ((levels & NIBBLE) != 0) {
      spaces = (levels & NIBBLE) * 4;
    }
    receiver.setTrigger(isOn ? receive : 1);
    transmitter.setTrigger(isOn ? DEPTH - spaces : 0);
  }

  private void writeModem(int value) {
    modemControl = isEnhanced() ? value & BYTE : (modemControl & ~MCR_PLAIN) | (value & MCR_PLAIN);
    line.prescale(modemControl >>> PRESCALER_SHIFT & 1);
    updateRequestToSend();
    gateTransmitter();
    updateInput();
  }

  private void writeScratch(int value) {
    if (showsLevels()) {
      levels = value;
      updateTriggers();
    } else {
      scratch = value;
    }
  }

  private void writeExtra(int value) {
    extra = value;
    transmitter.enable((value & EFCR_NO_TRANSMITTER) != 0 ? Gate.SHUT : Gate.OPEN);
    updateInput();
  }

  private int readLineStatus() {
    if (!transmitter.isBusy()) {
      wantInput();
    }
    interrupts.setErrors(receiver.status());
    return (receiver.isEmpty() ? 0 : 1)
        | interrupts.takeLineErrors()
        | (transmitter.isEmpty() ? 1 << 5 : 0)
        | (transmitter.isBusy() ? 0 : 1 << 6);
  }

  private int readLevel() {
    wantInput();
    return receiver.size();
  }

  private boolean isLooped() {
    return (modemControl & MCR_LOOPBACK) != 0;
  }

  private Signal seenClearToSend() {
    return isLooped() ? requestToSend : clearToSend;
  }

  private void gateTransmitter() {
    boolean isHeld = (enhanced & EFR_AUTO_CTS) != 0 && seenClearToSend() == Signal.NEGATED;
    transmitter.gateByClearToSend(isHeld ? Gate.SHUT : Gate.OPEN);
  }

  private void updateRequestToSend() {
    boolean asserted =
        (enhanced & EFR_AUTO_RTS) != 0 ? !receiver.isAtTrigger() : (modemControl & MCR_RTS) != 0;
    Signal state = asserted ? Signal.ASSERTED : Signal.NEGATED;
    if (state != requestToSend) {
      requestToSend = state;
      peer.requestToSend(state);
    }
  }

  private boolean receives() {
    return line.hasRate() && (extra & EFCR_NO_RECEIVER) == 0;
  }

  private void wantInput() {
    if (!wantsInput) {
      wantsInput = true;
      updateInput();
    }
  }

  private void updateInput() {
    boolean wanted = wantsInput && (extra & EFCR_NO_RECEIVER) == 0 && !isLooped();
    receiver.setInput(wanted ? UartReceiver.Input.WANTED : UartReceiver.Input.UNWANTED);
  }

  private void frameSent(int value, long atNanos) {
    if (board.trace().isOn()) {
      board.trace().emit(atNanos, new DeviceEvent.FrameSent(name, value));
    }
    if (!isLooped()) {
      peer.frameFromUart(value);
    } else if (receives()) {
      receiver.arrive(value, atNanos);
    }
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
    farEnd.requestToSend(requestToSend);
  }

  @Override
  public void inputArrived() {
    receiver.inputArrived();
  }

  @Override
  public void receiveFrame(int value, SerialFormat sentAs) {
    if (receives() && !isLooped()) {
      receiver.arrive(ReceivedFrame.sample(value, sentAs, line.format()), board.clock().nanos());
    }
  }

  @Override
  public void setCts(Signal state) {
    if (state != clearToSend) {
      clearToSend = state;
      interrupts.modemChanged();
      gateTransmitter();
    }
  }

  @Override
  public SerialFormat format() {
    return line.hasRate() ? line.format() : SerialFormat.CONSOLE;
  }

  @Override
  public boolean isTransmitting() {
    return transmitter.isMoving();
  }

  @Override
  public boolean mayStillInterrupt() {
    boolean mayReceive = receives() && (receiver.mayReceive() || receiver.timeoutIsNear());
    return interrupts.isAsserted()
        || (interrupts.followReception() && mayReceive)
        || (interrupts.followTransmission() && transmitter.isMoving())
        || (interrupts.followModem() && peer.clearToSendMayChange());
  }
}
