package dev.roundhouse.devices.mailbox;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.device.Fifo;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.NarrowWrite;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.time.Alarm;

/**
 * The mailboxes to the VideoCore and back, of which channel 8 is answered: the property tags
 * (BCM2711 ARM Peripherals, 13; raspberrypi/firmware wiki, "Mailboxes", "Mailbox property
 * interface"). An answer takes 20 microseconds. What is sent to another channel is a visible
 * warning, and lost.
 */
public final class Mailbox {
  /** Bytes of its address range, which starts at 0xFE00B800. */
  public static final int LENGTH = 0x200;

  private static final int READ_BOX = 0x80;
  private static final int WRITE_BOX = 0xA0;
  private static final int PEEK = 0x10;
  private static final int SENDER = 0x14;
  private static final int STATUS = 0x18;
  private static final int CONFIG = 0x1C;
  private static final int FULL = 1 << 31;
  private static final int EMPTY = 1 << 30;
  private static final int DATA_INTERRUPT = 1;
  private static final int DEPTH = 8;
  private static final int CHANNEL = 0xF;
  private static final int PROPERTIES = 8;
  private static final long ANSWER_NANOS = 20_000;

  private final BoardServices board;
  private final IrqLine irq;
  private final RegisterTable table;
  private final Register config;
  private final Fifo asked = new Fifo(DEPTH);
  private final Fifo answered = new Fifo(DEPTH);
  private final Alarm answer;
  private PropertyTags tags;

  /** A mailbox that raises {@code irq} when an answer waits. */
  public Mailbox(BoardServices board, IrqLine irq) {
    this.board = board;
    this.irq = irq;
    this.answer = board.agenda().alarm("mailbox answer", this::answer);
    this.tags = PropertyTags.withoutMemory(board.warnings());
    asked.resize(DEPTH);
    answered.resize(DEPTH);
    table = new RegisterTable("VideoCore mailbox", LENGTH, board.warnings());
    table.add(Register.of("MBOX_RW", READ_BOX, Access.RO).numbered(0).readBy(this::read));
    table.add(
        Register.of("MBOX_PEEK", READ_BOX + PEEK, Access.RO)
            .numbered(0)
            .readBy(() -> answered.isEmpty() ? 0 : answered.peek()));
    table.add(Register.of("MBOX_SENDER", READ_BOX + SENDER, Access.RO).numbered(0));
    table.add(
        Register.of("MBOX_STATUS", READ_BOX + STATUS, Access.RO)
            .numbered(0)
            .readBy(() -> status(answered)));
    config =
        table.add(
            Register.of("MBOX_CONFIG", READ_BOX + CONFIG, Access.RW)
                .numbered(0)
                .bits(1)
                .writtenBy(value -> update()));
    table.add(
        Register.of("MBOX_RW", WRITE_BOX, Access.WO)
            .numbered(1)
            .narrowWrites(NarrowWrite.ZEROES_THE_REST)
            .writtenBy(this::write));
    table.add(
        Register.of("MBOX_STATUS", WRITE_BOX + STATUS, Access.RO)
            .numbered(1)
            .readBy(() -> status(asked)));
  }

  public MmioDevice registers() {
    return table;
  }

  /** Gives it the RAM in which messages lie. */
  public void attach(PhysicalMemory ram) {
    tags = new PropertyTags(ram, board.warnings());
  }

  /** Whether an answer is on its way that interrupts. */
  public boolean mayStillInterrupt() {
    return (config.value() & DATA_INTERRUPT) != 0 && (answer.isSet() || !answered.isEmpty());
  }

  private static int status(Fifo box) {
    return (box.isEmpty() ? EMPTY : 0) | (box.isFull() ? FULL : 0);
  }

  private int read() {
    if (answered.isEmpty()) {
      return 0;
    }
    int value = answered.pop();
    schedule();
    update();
    return value;
  }

  private void write(int value) {
    if (!asked.isFull()) {
      asked.push(value);
      schedule();
    }
  }

  private void schedule() {
    if (!answer.isSet() && !asked.isEmpty() && !answered.isFull()) {
      answer.setAt(board.clock().nanos() + ANSWER_NANOS);
    }
  }

  private void answer(long atNanos) {
    int message = asked.pop();
    if ((message & CHANNEL) == PROPERTIES) {
      tags.answer(message & ~CHANNEL);
      answered.push(message);
    } else {
      board
          .warnings()
          .warn(
              "VideoCore mailbox",
              "channel " + (message & CHANNEL) + " is not modelled: use 8, the property tags");
    }
    schedule();
    update();
  }

  private void update() {
    irq.set(Level.of((config.value() & DATA_INTERRUPT) != 0 && !answered.isEmpty()));
  }
}
