package dev.roundhouse.devices.uart;

import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.irq.SourceState;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;

/**
 * The interrupt sources of a PL011 and its combined line (PL011 TRM, DDI 0183, 2.8 and 3.3.10 to
 * 3.3.13). The BCM2711 leaves out the modem sources other than CTS.
 */
final class Pl011Interrupts implements UartInterrupts {
  private static final Field CTS = Field.bit("CTS", 1);
  private static final Field RX = Field.bit("RX", 4);
  private static final Field TX = Field.bit("TX", 5);
  private static final Field RT = Field.bit("RT", 6);
  private static final Field FE = Field.bit("FE", 7);
  private static final Field PE = Field.bit("PE", 8);
  private static final Field BE = Field.bit("BE", 9);
  private static final Field OE = Field.bit("OE", 10);
  private static final Field[] SOURCES = {CTS, RX, TX, RT, FE, PE, BE, OE};

  private final IrqLine line;
  private final Register mask = Register.of("IMSC", 0x38, Access.RW).fields(SOURCES);
  private int raw;
  private Level level = Level.LOW;
  private boolean wasEnabled;

  Pl011Interrupts(IrqLine line) {
    this.line = line;
  }

  /** Adds its registers; who unmasks what {@code receiver} receives looks for input. */
  void addTo(RegisterTable table, UartReceiver receiver) {
    table.add(
        mask.writtenBy(value -> {
          wasEnabled |= mask.value() != 0;
          update();
          if (RX.isSetIn(value) || RT.isSetIn(value)) {
            receiver.lookForInput();
          }
        }));
    table.add(Register.of("RIS", 0x3C, Access.RO).readBy(() -> raw).steady());
    table.add(Register.of("MIS", 0x40, Access.RO).readBy(this::masked).steady());
    table.add(Register.of("ICR", 0x44, Access.WO).fields(SOURCES).writtenBy(this::clear));
  }

  @Override
  public void begins(UartCondition condition) {
    raw |= source(condition).mask();
    update();
  }

  @Override
  public void ends(UartCondition condition) {
    clear(source(condition).mask());
  }

  private static Field source(UartCondition condition) {
    return switch (condition) {
      case CLEAR_TO_SEND -> CTS;
      case RECEIVE_LEVEL -> RX;
      case TRANSMIT_LEVEL -> TX;
      case RECEIVE_TIMEOUT -> RT;
      case FRAMING_ERROR -> FE;
      case PARITY_ERROR -> PE;
      case BREAK -> BE;
      case OVERRUN -> OE;
    };
  }

  private void clear(int sources) {
    raw &= ~sources;
    update();
  }

  private int masked() {
    return raw & mask.value();
  }

  private void update() {
    Level now = Level.of(isAsserted());
    if (now != level) {
      level = now;
      line.set(now);
    }
  }

  @Override
  public boolean isAsserted() {
    return masked() != 0;
  }

  /** How far the program came with wanting interrupts, whichever. */
  SourceState.Arming arming() {
    if (mask.value() != 0) {
      return SourceState.Arming.ARMED;
    }
    return wasEnabled ? SourceState.Arming.SPENT : SourceState.Arming.NEVER;
  }

  @Override
  public boolean isEnabled(UartCondition condition) {
    return mask.has(source(condition));
  }
}
