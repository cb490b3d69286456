package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.can.CanPort;
import dev.roundhouse.devices.can.CanStation;
import dev.roundhouse.devices.can.Confinement;
import dev.roundhouse.devices.can.TransmitResult;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.mcp2515.DriverMistakes.Mistake;
import dev.roundhouse.devices.mcp2515.OperationModes.Mode;
import dev.roundhouse.devices.spi.SpiDevice;
import dev.roundhouse.devices.time.Alarm;
import java.util.Optional;

/**
 * An MCP2515, a CAN controller on an SPI bus, with a crystal of 16 MHz (data sheet DS20001801J).
 * Its instructions are framed by chip select; between it and the bus are three transmit and two
 * receive buffers. The pins RXnBF are not wired, and TXnRTS are held high by their pull-ups;
 * CLKOUT/SOF leads nowhere.
 */
public final class Mcp2515 {
  private final BoardServices board;
  private final ChipRegisters registers = new ChipRegisters();
  private final DriverMistakes mistakes;
  private final ChipInterrupts interrupts;
  private final OperationModes modes;
  private final BitTiming timing;
  private final ErrorFlags errors;
  private final ReceiveBuffers receive;
  private final TransmitBuffers transmit;
  private final Controls controls = new Controls();
  private final Alarm loopedFrame;
  private CanFrame looped = CanFrame.of(0, 0, 0);
  private final SpiInstructions instructions;
  private CanPort port;

  /**
   * A chip after power-up.
   *
   * @param bus to which its transceiver is connected
   * @param intPin the pin INT, active low
   */
  public Mcp2515(BoardServices board, CanBus bus, IrqLine intPin) {
    this.board = board;
    mistakes = new DriverMistakes(board.warnings());
    port = bus.connect(controls);
    interrupts = new ChipInterrupts(registers, intPin);
    modes = new OperationModes(board, registers, interrupts, controls);
    timing = new BitTiming(registers, () -> modes.isConfiguring() ? 0 : ~0);
    errors =
        new ErrorFlags(
            registers,
            interrupts,
            () -> port.transmitErrors(),
            () -> port.receiveErrors(),
            () -> port.state());
    receive = new ReceiveBuffers(registers, interrupts, errors, modes::isConfiguring, mistakes);
    transmit = new TransmitBuffers(registers, interrupts, mistakes, controls);
    loopedFrame = board.agenda().alarm("MCP2515 loopback frame", at -> frameLooped());
    interrupts.whenWritten(this::flagsWritten);
    instructions =
        new SpiInstructions(
            board.clock(),
            new SpiInstructions.Parts(registers, interrupts, modes, receive, transmit),
            mistakes,
            this::reset);
    PinRegisters.addTo(registers, () -> modes.isConfiguring() ? 0 : ~0);
    reset();
  }

  /** Its SPI. */
  public SpiDevice spi() {
    return instructions;
  }

  /** Connects the transceiver to another bus. */
  public void connect(CanBus bus) {
    disconnect();
    port = bus.connect(controls);
  }

  /** Takes it off its bus, for good if nothing else follows. */
  public void disconnect() {
    port.disconnect();
  }

  /** Whether INT may change without any task doing anything. */
  public boolean mayStillInterrupt() {
    boolean mayEnd = modes.present().sends() && transmit.isPending();
    return interrupts.isAnyEnabled() && (mayEnd || port.mayHear());
  }

  private void reset() {
    registers.restore();
    loopedFrame.cancel();
    modes.reset();
    port.reset();
    transmit.reset();
    receive.reset();
    errors.reset();
    interrupts.reset();
    instructions.ignoreUntil(board.clock().nanos() + OperationModes.START_NANOS);
  }

  private void flagsWritten(int cleared) {
    receive.freed(cleared);
    if (interrupts.has(ChipInterrupts.WAKE) && interrupts.isEnabled(ChipInterrupts.WAKE)) {
      modes.wake();
    }
  }

  private void loop() {
    if (!loopedFrame.isSet()) {
      Optional<CanFrame> next = transmit.begin();
      if (next.isPresent()) {
        looped = next.get();
        loopedFrame.setAt(
            board.clock().nanos() + Math.round(looped.wireBits() * timing.bitNanos()));
      }
    }
  }

  /** Loopback mode hears its own frames, and needs no acknowledgement (data sheet, 10.4). */
  private void frameLooped() {
    receive.received(looped);
    transmit.ended(TransmitResult.SENT);
    if (modes.present() == Mode.LOOPBACK) {
      loop();
    }
  }

  /** What the chip's parts and the bus ask of it. */
  private final class Controls implements CanStation, OperationModes.Chip, TransmitBuffers.Owner {
    @Override
    public String name() {
      return DriverMistakes.CHIP;
    }

    @Override
    public Optional<CanFrame> frameToSend() {
      return transmit.begin();
    }

    @Override
    public void transmitted(TransmitResult result) {
      errors.update();
      if (result == TransmitResult.NOT_ACKNOWLEDGED) {
        mistakes.tell(
            Mistake.NOT_ACKNOWLEDGED,
            "no station of the CAN bus acknowledges frames, so they are repeated for ever");
      }
      transmit.ended(result);
    }

    @Override
    public void received(CanFrame frame) {
      errors.update();
      receive.received(frame);
    }

    @Override
    public void missed() {
      errors.update();
      interrupts.raise(ChipInterrupts.MESSAGE_ERROR);
    }

    @Override
    public void joined() {
      modes.entered();
    }

    @Override
    public void woken() {
      interrupts.raise(ChipInterrupts.WAKE);
      modes.wake();
    }

    @Override
    public void confinementChanged() {
      errors.update();
      if (port.state() == Confinement.BUS_OFF) {
        mistakes.tell(
            Mistake.BUS_OFF,
            "bus-off: too many of its frames failed; it is back after 128 times 11 recessive bits");
      }
    }

    @Override
    public boolean maySendUnasked() {
      return transmit.isPending();
    }

    @Override
    public boolean isSending() {
      return transmit.isPending();
    }

    @Override
    public void enter(Mode mode) {
      switch (mode) {
        case NORMAL -> join(CanPort.Mode.ON);
        case LISTEN_ONLY -> join(CanPort.Mode.LISTENING);
        case SLEEP -> port.setMode(CanPort.Mode.ASLEEP);
        case LOOPBACK -> port.setMode(CanPort.Mode.OFF);
        default -> {
          port.reset();
          errors.update();
        }
      }
    }

    private void join(CanPort.Mode mode) {
      timing.check(mistakes);
      port.setBitNanos(timing.bitNanos());
      boolean isUnset = mode == CanPort.Mode.LISTENING && timing.isUnset();
      if (!port.isInStep() && !isUnset) {
        mistakes.tell(
            Mistake.WRONG_BIT_RATE,
            timing + " is not the bit rate of the CAN bus: it hears nothing and disturbs others");
      }
      port.setMode(mode);
    }

    @Override
    public void changed(Mode mode) {
      if (transmit.isAnyRequested()) {
        sendSoon();
      }
    }

    @Override
    public void abortAll() {
      transmit.abortAll();
    }

    @Override
    public double bitNanos() {
      return timing.bitNanos();
    }

    @Override
    public void sendSoon() {
      switch (modes.present()) {
        case NORMAL -> port.request();
        case LOOPBACK -> loop();
        default ->
            mistakes.tell(
                Mistake.REQUEST_IN_WRONG_MODE,
                "TXREQ is set in " + modes.present() + " mode: nothing is sent before normal mode");
      }
    }

    @Override
    public void settle() {
      modes.settle();
    }

    @Override
    public boolean abortsAll() {
      return modes.abortsAll();
    }

    @Override
    public boolean isOneShot() {
      return modes.isOneShot();
    }
  }
}
