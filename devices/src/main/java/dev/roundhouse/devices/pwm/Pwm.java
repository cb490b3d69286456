package dev.roundhouse.devices.pwm;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.clock.ClockGenerator;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.device.Fifo;
import dev.roundhouse.devices.gpio.PinOutput;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.NarrowWrite;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.time.Alarm;

/**
 * A PWM with two channels and a FIFO that they share (BCM2711 ARM Peripherals, 8). A channel takes
 * its data from DAT or, with USEF, a word each period from the FIFO; when that is empty it repeats
 * the last word (RPTL) or is silent (SBIT), and notes a gap. Not modelled: DMA.
 */
public final class Pwm {
  /** Bytes of its address range. */
  public static final int LENGTH = 0x200;

  /** Channels. */
  static final int CHANNELS = 2;

  private static final int FIFO_DEPTH = 64;
  private static final int CTL = 0x00;
  private static final int STA = 0x04;
  private static final int DMAC = 0x08;
  private static final int RNG1 = 0x10;
  private static final int DAT1 = 0x14;
  private static final int FIF1 = 0x18;
  private static final int CHANNEL_BYTES = 0x10;
  private static final int CHANNEL_BITS = 8;
  private static final Field ENABLE = Field.bit("PWEN", 0);
  private static final Field SERIAL = Field.bit("MODE", 1);
  private static final Field REPEAT = Field.bit("RPTL", 2);
  private static final Field SILENCE = Field.bit("SBIT", 3);
  private static final Field POLARITY = Field.bit("POLA", 4);
  private static final Field USE_FIFO = Field.bit("USEF", 5);
  private static final Field CLEAR_FIFO = Field.bit("CLRF", 6);
  private static final Field MARK_SPACE = Field.bit("MSEN", 7);
  private static final int CONTROL_BITS = 0xBFFF;
  private static final int FULL = 1;
  private static final int EMPTY = 1 << 1;
  private static final int WRITE_ERROR = 1 << 2;
  private static final int READ_ERROR = 1 << 3;
  private static final int GAP_SHIFT = 4;
  private static final int BUS_ERROR = 1 << 8;
  private static final int STATE_SHIFT = 9;
  private static final int CLEARABLE = WRITE_ERROR | READ_ERROR | (3 << GAP_SHIFT) | BUS_ERROR;
  private static final int RANGE_AFTER_RESET = 32;
  private static final long WORD = 0xFFFF_FFFFL;

  private final BoardServices board;
  private final ClockGenerator clock;
  private final RegisterTable table;
  private final Fifo fifo = new Fifo(FIFO_DEPTH);
  private final PwmChannel[] channels = new PwmChannel[CHANNELS];
  private final Register[] ranges = new Register[CHANNELS];
  private final Register[] data = new Register[CHANNELS];
  private final Alarm[] wordEnds = new Alarm[CHANNELS];
  private final boolean[] hasWord = new boolean[CHANNELS];
  private final long[] words = new long[CHANNELS];
  private Runnable shapeChanged = () -> {};
  private int control;
  private int status;

  /** A PWM after reset that runs by {@code clock}. */
  public Pwm(String name, BoardServices board, ClockGenerator clock) {
    this.board = board;
    this.clock = clock;
    fifo.resize(FIFO_DEPTH);
    table = new RegisterTable(name, LENGTH, board.warnings());
    table.add(
        Register.of("CTL", CTL, Access.RW).readBy(() -> control).writtenBy(this::writeControl));
    table.add(
        Register.of("STA", STA, Access.W1C)
            .readBy(this::readStatus)
            .writtenBy(bits -> status &= ~(bits & CLEARABLE)));
    table.add(
        Register.of("DMAC", DMAC, Access.RW)
            .reset(0x707)
            .fields(
                Field.of("DREQ", 0, 8), Field.of("PANIC", 8, 8), Field.unmodelled("ENAB", 31, 1)));
    table.add(
        Register.of("FIF", FIF1, Access.WO)
            .numbered(1)
            .narrowWrites(NarrowWrite.ZEROES_THE_REST)
            .writtenBy(this::push));
    for (int n = 0; n < CHANNELS; n++) {
      addChannel(name, n);
    }
  }

  private void addChannel(String name, int n) {
    channels[n] = new PwmChannel(board);
    wordEnds[n] = board.agenda().alarm(name + " word", at -> nextWord(n, at));
    ranges[n] =
        table.add(
            Register.of("RNG", RNG1 + n * CHANNEL_BYTES, Access.RW)
                .numbered(n + 1)
                .reset(RANGE_AFTER_RESET)
                .writtenBy(value -> restart(n)));
    data[n] =
        table.add(
            Register.of("DAT", DAT1 + n * CHANNEL_BYTES, Access.RW)
                .numbered(n + 1)
                .writtenBy(value -> restart(n)));
  }

  public MmioDevice registers() {
    return table;
  }

  /** The output of a channel, 0 or 1. */
  PinOutput output(int channel) {
    return channels[channel];
  }

  /** Has an action run when the outputs' pulses have another shape. */
  void whenShapeChanges(Runnable action) {
    shapeChanged = action;
  }

  /** The clock has changed. */
  public void clockChanged() {
    restartAll();
  }

  private void writeControl(int value) {
    control = value & CONTROL_BITS & ~CLEAR_FIFO.mask();
    if (CLEAR_FIFO.isSetIn(value)) {
      fifo.resize(FIFO_DEPTH);
    }
    restartAll();
  }

  private void restartAll() {
    for (int n = 0; n < CHANNELS; n++) {
      restart(n);
    }
  }

  private boolean has(Field field, int channel) {
    return field.isSetIn(control >>> (channel * CHANNEL_BITS));
  }

  private void restart(int n) {
    PwmChannel channel = channels[n];
    channel.shape(mode(n), Level.of(has(SILENCE, n)), Level.of(has(POLARITY, n)));
    channel.run(has(ENABLE, n) ? clock.hertz() : 0);
    if (!has(USE_FIFO, n)) {
      wordEnds[n].cancel();
      channel.begin(range(n), data[n].value() & WORD, board.clock().nanos());
    } else if (!channel.isOn()) {
      wordEnds[n].cancel();
      hasWord[n] = false;
    } else if (!wordEnds[n].isSet()) {
      nextWord(n, board.clock().nanos());
    }
    shapeChanged.run();
  }

  private PwmChannel.Mode mode(int n) {
    if (has(SERIAL, n)) {
      return PwmChannel.Mode.SERIAL;
    }
    return has(MARK_SPACE, n) ? PwmChannel.Mode.MARK_SPACE : PwmChannel.Mode.BALANCED;
  }

  private long range(int n) {
    return ranges[n].value() & WORD;
  }

  /**
   * Takes the next word from the FIFO, and comes back at its end; without one it waits for some.
   */
  private void nextWord(int n, long atNanos) {
    if (!fifo.isEmpty()) {
      words[n] = fifo.pop() & WORD;
      hasWord[n] = true;
      channels[n].begin(range(n), words[n], atNanos);
      wordEnds[n].setAt(atNanos + channels[n].periodNanos());
    } else if (hasWord[n]) {
      hasWord[n] = false;
      boolean repeats = has(REPEAT, n);
      status |= repeats ? 0 : 1 << (GAP_SHIFT + n);
      channels[n].begin(repeats ? range(n) : 0, words[n], atNanos);
    } else {
      channels[n].begin(0, 0, atNanos);
    }
    shapeChanged.run();
  }

  private void push(int value) {
    if (fifo.isFull()) {
      status |= WRITE_ERROR;
      return;
    }
    fifo.push(value);
    for (int n = 0; n < CHANNELS; n++) {
      if (has(USE_FIFO, n) && channels[n].isOn() && !wordEnds[n].isSet()) {
        nextWord(n, board.clock().nanos());
      }
    }
  }

  private int readStatus() {
    int now = status | (fifo.isFull() ? FULL : 0) | (fifo.isEmpty() ? EMPTY : 0);
    for (int n = 0; n < CHANNELS; n++) {
      now |= channels[n].isOn() ? 1 << (STATE_SHIFT + n) : 0;
    }
    return now;
  }
}
