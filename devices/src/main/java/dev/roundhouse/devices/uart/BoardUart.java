package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.UartPort;

/** A UART of the board, of whatever kind, with a line at which somebody may be. */
public interface BoardUart extends UartPort {
  /** Its name, such as {@code UART2}. */
  String name();

  /** Puts {@code farEnd} at the far end of the line, in place of what was there. */
  void attach(SerialPeer farEnd);

  /** The far end has frames again after it had none. */
  void inputArrived();

  /** Whether frames go on leaving as things stand. */
  boolean isTransmitting();

  /** Whether, as it is set up, an interrupt may come without any task doing anything. */
  boolean mayStillInterrupt();
}
