package dev.roundhouse.devices.spi;

import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.uart.UartCondition;
import dev.roundhouse.devices.uart.UartInterrupts;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The interrupts of an SC16IS752's channel by their priority (data sheet, 7.5 and 8.5 to 8.7): line
 * status, receive timeout, receive level, transmit level, modem status.
 */
final class Sc16Interrupts implements UartInterrupts {
  private static final Field RHR = Field.bit("RECEIVE_HOLDING_REGISTER", 0);
  private static final Field THR = Field.bit("TRANSMIT_HOLDING_REGISTER", 1);
  private static final Field LINE_STATUS = Field.bit("RECEIVE_LINE_STATUS", 2);
  private static final Field MODEM_STATUS = Field.bit("MODEM_STATUS", 3);
  private static final List<UartCondition> CHARACTER_ERRORS =
      List.of(UartCondition.FRAMING_ERROR, UartCondition.PARITY_ERROR, UartCondition.BREAK);
  private static final int NONE = 0x01;
  private static final int BY_LINE_STATUS = 0x06;
  private static final int BY_TIMEOUT = 0x0C;
  private static final int BY_RHR = 0x04;
  private static final int BY_THR = 0x02;
  private static final int BY_MODEM_STATUS = 0x00;

  /** IER. */
  final Register enables = Register.of("IER", 1, Access.RW).bits(Byte.SIZE);

  private final Runnable changed;
  private final Set<UartCondition> conditions = EnumSet.noneOf(UartCondition.class);
  private boolean isThrEnabled;
  private boolean isAtTransmitLevel = true;

  /** No interrupts; {@code changed} runs when there may be some. */
  Sc16Interrupts(Runnable changed) {
    this.changed = changed;
  }

  void reset() {
    enables.restore();
    isThrEnabled = false;
    conditions.clear();
    changed.run();
  }

  /** IER is written; room in the transmit FIFO is an interrupt at once. */
  void enablesWritten() {
    if (enables.has(THR) && !isThrEnabled && isAtTransmitLevel) {
      conditions.add(UartCondition.TRANSMIT_LEVEL);
    }
    isThrEnabled = enables.has(THR);
    changed.run();
  }

  /** Whether the program waits for characters. */
  boolean areForReception() {
    return enables.has(RHR);
  }

  /** IIR; reading takes the transmit interrupt back if it is the one. */
  int identify() {
    int source = source();
    if (source == BY_THR) {
      take(UartCondition.TRANSMIT_LEVEL);
    }
    return source;
  }

  private int source() {
    boolean hasError = !Collections.disjoint(conditions, CHARACTER_ERRORS);
    if (enables.has(LINE_STATUS) && (hasError || conditions.contains(UartCondition.OVERRUN))) {
      return BY_LINE_STATUS;
    }
    if (enables.has(RHR) && conditions.contains(UartCondition.RECEIVE_TIMEOUT)) {
      return BY_TIMEOUT;
    }
    if (enables.has(RHR) && conditions.contains(UartCondition.RECEIVE_LEVEL)) {
      return BY_RHR;
    }
    if (enables.has(THR) && conditions.contains(UartCondition.TRANSMIT_LEVEL)) {
      return BY_THR;
    }
    boolean hasModemChanged = conditions.contains(UartCondition.CLEAR_TO_SEND);
    return enables.has(MODEM_STATUS) && hasModemChanged ? BY_MODEM_STATUS : NONE;
  }

  /** Whether there was an overrun; reading LSR takes that back. */
  boolean takeOverrun() {
    return take(UartCondition.OVERRUN);
  }

  /** No character that waits has an error any more: that takes their interrupt back. */
  void errorsAreRead() {
    conditions.removeAll(CHARACTER_ERRORS);
    changed.run();
  }

  /** Whether CTS has changed; reading MSR takes that back. */
  boolean takeClearToSendChange() {
    return take(UartCondition.CLEAR_TO_SEND);
  }

  private boolean take(UartCondition condition) {
    boolean had = conditions.remove(condition);
    changed.run();
    return had;
  }

  @Override
  public void begins(UartCondition condition) {
    isAtTransmitLevel |= condition == UartCondition.TRANSMIT_LEVEL;
    conditions.add(condition);
    changed.run();
  }

  @Override
  public void ends(UartCondition condition) {
    isAtTransmitLevel &= condition != UartCondition.TRANSMIT_LEVEL;
    take(condition);
  }

  @Override
  public boolean isAsserted() {
    return source() != NONE;
  }

  @Override
  public boolean isEnabled(UartCondition condition) {
    return switch (condition) {
      case RECEIVE_LEVEL, RECEIVE_TIMEOUT -> enables.has(RHR);
      case TRANSMIT_LEVEL -> enables.has(THR);
      case FRAMING_ERROR, PARITY_ERROR, BREAK, OVERRUN -> enables.has(LINE_STATUS);
      case CLEAR_TO_SEND -> enables.has(MODEM_STATUS);
    };
  }
}
