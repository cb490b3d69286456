package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.mcp2515.DriverMistakes.Mistake;
import dev.roundhouse.devices.spi.SpiDevice;
import dev.roundhouse.devices.time.VirtualClock;

/**
 * The instructions that come over SPI, framed by chip select (data sheet, 12).
 *
 * <p>Where the data sheet is silent: undefined instructions are ignored up to the end of their
 * frame; the address goes on behind a buffer's last byte; a WRITE acts byte by byte, BIT MODIFY
 * with its last byte; SO is 0 while it is high-impedance; until 8 us after a reset nothing is
 * heard.
 */
final class SpiInstructions implements SpiDevice {
  private static final int READ_POINTERS_SHIFT = 1;
  private static final int[] READ_POINTERS = {0x61, 0x66, 0x71, 0x76};
  private static final int[] LOAD_POINTERS = {0x31, 0x36, 0x41, 0x46, 0x51, 0x56};
  private static final int SECOND_BUFFER = 0x70;
  private static final int LOW_BITS = 7;

  private final VirtualClock clock;
  private final Parts chip;
  private final DriverMistakes mistakes;
  private final Runnable reset;
  private long heardFrom;
  private ChipInstruction instruction = ChipInstruction.UNDEFINED;
  private int bytes;
  private int pointer;
  private int mask;
  private boolean isIgnored;

  /** What instructions act on. */
  record Parts(
      ChipRegisters registers,
      ChipInterrupts interrupts,
      OperationModes modes,
      ReceiveBuffers receive,
      TransmitBuffers transmit) {}

  /**
   * Instructions for a chip.
   *
   * @param reset what RESET does
   */
  SpiInstructions(VirtualClock clock, Parts chip, DriverMistakes mistakes, Runnable reset) {
    this.clock = clock;
    this.chip = chip;
    this.mistakes = mistakes;
    this.reset = reset;
  }

  /** Nothing is heard before a time. */
  void ignoreUntil(long nanos) {
    heardFrom = nanos;
  }

  @Override
  public void selected() {
    bytes = 0;
    instruction = ChipInstruction.UNDEFINED;
    isIgnored = clock.nanos() < heardFrom;
    if (isIgnored) {
      mistakes.tell(
          Mistake.TOO_EARLY,
          "an instruction within 8 us of a reset is not heard: wait for the oscillator");
    }
  }

  @Override
  public int out() {
    if (bytes < instruction.length() - 1) {
      return 0;
    }
    return switch (instruction) {
      case READ, READ_RX_BUFFER -> readNext();
      case READ_STATUS -> status();
      case RX_STATUS -> chip.receive().status();
      default -> 0;
    };
  }

  private int readNext() {
    int address = pointer % ChipRegisters.SIZE;
    pointer++;
    chip.receive().readFrom(address);
    return chip.registers().read(address);
  }

  @Override
  public void in(int value) {
    if (isIgnored) {
      return;
    }
    bytes++;
    if (bytes == 1) {
      begin(value);
      return;
    }
    switch (instruction) {
      case READ, WRITE, BIT_MODIFY -> addressed(value);
      case LOAD_TX_BUFFER -> write(pointer++, value);
      default -> {
        // It takes no more bytes, or sends.
      }
    }
  }

  private void begin(int first) {
    instruction = ChipInstruction.of(first);
    switch (instruction) {
      case RESET -> reset.run();
      case REQUEST_TO_SEND -> chip.transmit().request(first);
      case READ_RX_BUFFER -> pointer = READ_POINTERS[(first & LOW_BITS) >>> READ_POINTERS_SHIFT];
      case LOAD_TX_BUFFER -> pointer = LOAD_POINTERS[first & LOW_BITS];
      case UNDEFINED ->
          mistakes.tell(
              Mistake.UNDEFINED_INSTRUCTION,
              "0x%02x is no instruction: it is ignored up to the end of chip select"
                  .formatted(first));
      default -> {
        // The address follows.
      }
    }
  }

  /** A byte of READ, WRITE or BIT MODIFY behind the first. */
  private void addressed(int value) {
    if (bytes == 2) {
      pointer = value;
    } else if (instruction == ChipInstruction.WRITE) {
      write(pointer++, value);
    } else if (instruction == ChipInstruction.BIT_MODIFY && bytes == instruction.length() - 1) {
      mask = value;
    } else if (instruction == ChipInstruction.BIT_MODIFY && bytes == instruction.length()) {
      checkConfiguration(pointer);
      chip.registers().modify(pointer, mask, value);
    }
  }

  private void write(int address, int value) {
    checkConfiguration(address);
    chip.registers().write(address % ChipRegisters.SIZE, value);
  }

  private void checkConfiguration(int address) {
    if (chip.registers().isForConfiguration(address) && !chip.modes().isConfiguring()) {
      mistakes.tell(
          Mistake.NOT_IN_CONFIGURATION,
          "a write to 0x%02x does nothing: CNF1 to CNF3, TXRTSCTRL, filters and masks change in"
                  .formatted(address)
              + " configuration mode alone (CANSTAT = 0x80)");
    }
  }

  @Override
  public void deselected() {
    if (instruction == ChipInstruction.READ_RX_BUFFER && bytes > 0) {
      int flag = pointer > SECOND_BUFFER ? ChipInterrupts.RX1 : ChipInterrupts.RX0;
      chip.receive().freed(chip.interrupts().flags() & flag);
      chip.interrupts().clear(flag);
    } else if (bytes > 0 && bytes < instruction.length()) {
      mistakes.tell(
          Mistake.CUT_OFF,
          "chip select is released after %d bytes of %s, which takes %d: it does nothing"
              .formatted(bytes, instruction, instruction.length()));
    }
  }

  private int status() {
    int flags = chip.interrupts().flags();
    int answer = flags & (ChipInterrupts.RX0 | ChipInterrupts.RX1);
    for (int n = 0; n < 3; n++) {
      int requested = chip.transmit().isRequested(n) ? 1 : 0;
      int empty = (flags & (ChipInterrupts.TX0 << n)) != 0 ? 2 : 0;
      answer |= (requested | empty) << (2 * (n + 1));
    }
    return answer;
  }
}
