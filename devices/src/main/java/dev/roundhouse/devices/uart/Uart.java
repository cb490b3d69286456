package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.serial.ReceivedFrame;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.serial.UartPort;
import dev.roundhouse.devices.trace.DeviceEvent;
import java.util.List;

/**
 * What all UARTs are between their registers and the far end of the line: transmitter, receiver,
 * modem lines, loopback. What differs is in their {@link UartSettings} and {@link UartInterrupts}.
 *
 * <p>Clear to send is asserted until {@link #setCts} says otherwise.
 */
public final class Uart implements UartPort {
  /** What frames that come in may lead to. */
  private static final List<UartCondition> RECEPTION =
      List.of(
          UartCondition.RECEIVE_LEVEL,
          UartCondition.RECEIVE_TIMEOUT,
          UartCondition.FRAMING_ERROR,
          UartCondition.PARITY_ERROR,
          UartCondition.BREAK,
          UartCondition.OVERRUN);

  private final UartServices services;
  private final UartLine line;
  private final UartTransmitter transmitter;
  private final UartReceiver receiver;
  private boolean hasSent;

  /**
   * A kind of UART.
   *
   * @param fifoDepth of both FIFOs
   * @param advice against the loss of bytes
   */
  public record Kind(int fifoDepth, LostBytes.Advice advice) {}

  /** A UART with an open line, and FIFOs of one character until they are resized. */
  public Uart(
      String name,
      Kind kind,
      BoardServices board,
      UartSettings settings,
      UartInterrupts interrupts) {
    LostBytes lost = new LostBytes(board.warnings(), name, kind.advice());
    services = new UartServices(name, board, settings, interrupts, lost);
    line = new UartLine(services);
    transmitter = new UartTransmitter(services, line, kind.fifoDepth(), this::frameSent);
    receiver = new UartReceiver(services, line, kind.fifoDepth(), this::updateSignals);
  }

  /** Its name, such as {@code UART2}. */
  public String name() {
    return services.name();
  }

  public UartTransmitter transmitter() {
    return transmitter;
  }

  public UartReceiver receiver() {
    return receiver;
  }

  /** Clear to send as the UART sees it. */
  public boolean isClearToSend() {
    return line.clearToSend() == Signal.ASSERTED;
  }

  /** Makes both FIFOs {@code depth} deep and drops what is inside. */
  public void resize(int depth) {
    transmitter.resize(depth);
    receiver.resize(depth);
  }

  /** The registers say something else than before. */
  public void settingsChanged() {
    updateSignals();
    receiver.takeNext(services.now());
  }

  private void updateSignals() {
    line.update();
    transmitter.start(services.now());
  }

  /** Whether it has ever sent a frame out of the chip. */
  public boolean hasSent() {
    return hasSent;
  }

  private void frameSent(int value, long atNanos) {
    if (services.board().trace().isOn()) {
      services.board().trace().emit(atNanos, new DeviceEvent.FrameSent(name(), value));
    }
    if (!services.settings().isLooped()) {
      hasSent = true;
      line.farEnd().frameFromUart(value);
    } else if (line.isOnForReceiving()) {
      receiver.arrive(value, atNanos);
    }
  }

  /** Puts {@code farEnd} at the far end of the line, in place of what was there. */
  public void attach(SerialPeer farEnd) {
    line.attach(farEnd);
    receiver.inputArrived();
  }

  /** The far end has frames again after it had none. */
  public void inputArrived() {
    receiver.inputArrived();
  }

  @Override
  public void frameBegins(SerialFormat sentAs) {
    receiver.frameBegins(sentAs.frameNanos());
  }

  /** {@inheritDoc} It may overrun the FIFO; a receiver that is off does not see it. */
  @Override
  public void receiveFrame(int value, SerialFormat sentAs) {
    if (line.hearsFarEnd()) {
      receiver.arrive(ReceivedFrame.sample(value, sentAs, format()), services.now());
    }
  }

  @Override
  public void setCts(Signal state) {
    line.setClearToSend(state);
    transmitter.start(services.now());
  }

  /** {@inheritDoc} 115200 8N1 before the program has set one. */
  @Override
  public SerialFormat format() {
    return services.settings().timing().format();
  }

  /** Whether frames go on leaving as things stand. */
  public boolean isTransmitting() {
    return transmitter.isMoving();
  }

  /** Whether frames leave it that are written, as far as its registers are concerned. */
  public boolean isOn() {
    return !line.isOff();
  }

  /** Whether, as it is set up, an interrupt may come without any task doing anything. */
  public boolean mayStillInterrupt() {
    UartInterrupts interrupts = services.interrupts();
    return interrupts.isAsserted()
        || (RECEPTION.stream().anyMatch(interrupts::isEnabled) && mayReceive())
        || (interrupts.isEnabled(UartCondition.RECEIVE_TIMEOUT) && mayTimeOut())
        || (interrupts.isEnabled(UartCondition.TRANSMIT_LEVEL) && transmitLevelMayBeReached())
        || (interrupts.isEnabled(UartCondition.CLEAR_TO_SEND) && clearToSendMayChange());
  }

  private boolean mayReceive() {
    if (services.settings().isLooped()) {
      return line.isOnForReceiving() && transmitter.isMoving();
    }
    return line.hearsFarEnd() && (receiver.mayReceive() || farEndMayAnswer());
  }

  private boolean mayTimeOut() {
    return line.isOnForReceiving() && receiver.timeoutIsNear();
  }

  private boolean transmitLevelMayBeReached() {
    return transmitter.willReachLevel()
        || (transmitter.isHeldAboveLevel() && clearToSendMayChange());
  }

  private boolean clearToSendMayChange() {
    if (services.settings().isLooped()) {
      return transmitter.isMoving();
    }
    return line.farEnd().clearToSendMayChange() || farEndMayAnswer();
  }

  private boolean farEndMayAnswer() {
    return transmitter.isMoving() && line.farEnd().reactsToFrames();
  }
}
