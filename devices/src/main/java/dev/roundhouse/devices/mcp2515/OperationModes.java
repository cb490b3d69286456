package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.time.Alarm;

/**
 * CANCTRL and CANSTAT: the mode that is asked for and the one that there is (data sheet, 10). A
 * mode is left when no frame waits for transmission any more; who joins the bus does so after 11
 * recessive bits.
 */
final class OperationModes {
  /** What the chip holds after power-up, reset and sleep: 128 periods of the crystal (8.1). */
  static final long START_NANOS = Math.round(128 * BitTiming.CRYSTAL_NANOS);

  private static final Field ASKED = Field.of("REQOP", 5, 3);
  private static final Field ABORT_ALL = Field.bit("ABAT", 4);
  private static final Field ONE_SHOT = Field.bit("OSM", 3);
  private static final int CONTROL_AFTER_RESET = 0x87;
  private static final int RECESSIVE_BITS = 11;

  private final Chip chip;
  private final BoardServices board;
  private final Register control;
  private final Alarm loopbackStarts;
  private final Alarm awake;
  private Mode present = Mode.CONFIGURATION;
  private Mode entering = Mode.CONFIGURATION;

  /** A mode, in the order of its code. */
  enum Mode {
    NORMAL,
    SLEEP,
    LOOPBACK,
    LISTEN_ONLY,
    CONFIGURATION;

    private static final Mode[] BY_CODE = values();

    boolean sends() {
      return this == NORMAL || this == LOOPBACK;
    }
  }

  /** What modes ask of the chip. */
  interface Chip {
    /** Whether a frame waits for transmission. */
    boolean isSending();

    /** Begins to enter a mode; {@link OperationModes#entered} says when it is. */
    void enter(Mode mode);

    /** The mode has changed. */
    void changed(Mode mode);

    /** ABAT was set. */
    void abortAll();

    /** The length of a bit, as it is set up. */
    double bitNanos();
  }

  OperationModes(BoardServices board, ChipRegisters registers, ChipInterrupts irq, Chip chip) {
    this.board = board;
    this.chip = chip;
    loopbackStarts = board.agenda().alarm("MCP2515 loopback", at -> entered());
    awake = board.agenda().alarm("MCP2515 wake-up", at -> wokenUp());
    registers.addMirrored(
        Register.of("CANSTAT", 0x0E, Access.RO)
            .readBy(() -> ASKED.with(codeOf(present)) | irq.code()));
    control =
        Register.of("CANCTRL", 0x0F, Access.RW)
            .bits(Byte.SIZE)
            .reset(CONTROL_AFTER_RESET)
            .writtenBy(this::controlWritten);
    registers.addMirrored(control);
  }

  private static int codeOf(Mode mode) {
    int code = 0;
    while (Mode.BY_CODE[code] != mode) {
      code++;
    }
    return code;
  }

  Mode present() {
    return present;
  }

  boolean isConfiguring() {
    return present == Mode.CONFIGURATION;
  }

  boolean abortsAll() {
    return control.has(ABORT_ALL);
  }

  boolean isOneShot() {
    return control.has(ONE_SHOT);
  }

  /** As after a reset. */
  void reset() {
    loopbackStarts.cancel();
    awake.cancel();
    present = Mode.CONFIGURATION;
    entering = Mode.CONFIGURATION;
  }

  private void controlWritten(int value) {
    if (ABORT_ALL.isSetIn(value)) {
      chip.abortAll();
    }
    settle();
  }

  /** Changes to the mode that is asked for, if that may be now; codes 5 to 7 ask for none. */
  void settle() {
    int code = ASKED.in(control.value());
    boolean mayLeave = present != Mode.SLEEP && !(present.sends() && chip.isSending());
    if (code < Mode.BY_CODE.length && Mode.BY_CODE[code] != entering && mayLeave) {
      enter(Mode.BY_CODE[code]);
    }
  }

  private void enter(Mode mode) {
    loopbackStarts.cancel();
    entering = mode;
    chip.enter(mode);
    switch (mode) {
      case CONFIGURATION, SLEEP -> entered();
      case LOOPBACK ->
          loopbackStarts.setAt(
              board.clock().nanos() + Math.round(RECESSIVE_BITS * chip.bitNanos()));
      default -> {
        // The bus says when.
      }
    }
  }

  /** The mode that was begun to be entered is the present one. */
  void entered() {
    if (present != entering) {
      present = entering;
      chip.changed(present);
    }
  }

  /** The bus, or a program that sets WAKIF, ends its sleep: it listens when its clock runs. */
  void wake() {
    if (present == Mode.SLEEP && !awake.isSet()) {
      awake.setAt(board.clock().nanos() + START_NANOS);
    }
  }

  private void wokenUp() {
    present = Mode.LISTEN_ONLY;
    entering = Mode.LISTEN_ONLY;
    chip.enter(Mode.LISTEN_ONLY);
    chip.changed(present);
    if (ASKED.in(control.value()) != codeOf(Mode.SLEEP)) {
      settle();
    }
  }
}
