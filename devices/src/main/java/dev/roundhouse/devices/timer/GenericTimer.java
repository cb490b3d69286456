package dev.roundhouse.devices.timer;

import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.gic.Gic400;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.time.Alarm;

/**
 * The core's generic timer: a counter at 54 MHz, a timer each for EL1 physical, EL1 virtual and
 * EL2, and two streams of events (Arm Architecture Reference Manual for A-profile, D11.2;
 * interrupts by the GIC-400's private ids as BCM2711 ARM Peripherals, 6.2.2, has them). The virtual
 * offset is 0.
 */
public final class GenericTimer {
  /** Counts in a second, CNTFRQ_EL0. */
  public static final long HZ = 54_000_000;

  /** GIC id of the EL2 timer. */
  public static final int HYPERVISOR_INTERRUPT = 26;

  /** GIC id of the virtual timer. */
  public static final int VIRTUAL_INTERRUPT = 27;

  /** GIC id of the EL1 physical timer. */
  public static final int PHYSICAL_INTERRUPT = 30;

  /** 54 counts take 1000 ns: 27 and 500. */
  private static final long COUNTS = 27;

  private static final long NANOS = 500;
  private static final long FARTHEST_COUNT = Long.MAX_VALUE / NANOS - NANOS;

  private final BoardServices board;
  private final Channel physical;
  private final Channel virtual;
  private final Channel hypervisor;
  private final EventStream virtualEvents = new EventStream(this::count);
  private final EventStream physicalEvents = new EventStream(this::count);

  /** A timer whose interrupts are private peripheral ones of {@code gic}. */
  public GenericTimer(BoardServices board, Gic400 gic) {
    this.board = board;
    physical = new Channel("physical timer", gic.line(PHYSICAL_INTERRUPT));
    virtual = new Channel("virtual timer", gic.line(VIRTUAL_INTERRUPT));
    hypervisor = new Channel("EL2 timer", gic.line(HYPERVISOR_INTERRUPT));
  }

  /** CNTPCT_EL0 and CNTVCT_EL0. */
  public long count() {
    long nanos = board.clock().nanos();
    return nanos / NANOS * COUNTS + nanos % NANOS * COUNTS / NANOS;
  }

  /** The EL1 physical timer, CNTP. */
  public Channel physical() {
    return physical;
  }

  /** The virtual timer, CNTV. */
  public Channel virtual() {
    return virtual;
  }

  /** The EL2 timer, CNTHP. */
  public Channel hypervisor() {
    return hypervisor;
  }

  /** The events that CNTKCTL_EL1 asks for. */
  public EventStream virtualEvents() {
    return virtualEvents;
  }

  /** The events that CNTHCTL_EL2 asks for. */
  public EventStream physicalEvents() {
    return physicalEvents;
  }

  /** Whether an event of either stream has come since this was last asked. */
  public boolean takeEvent() {
    boolean isVirtual = virtualEvents.take();
    return physicalEvents.take() || isVirtual;
  }

  /** When the next event of a stream comes, {@link Long#MAX_VALUE} when none will. */
  public long nextEventNanos() {
    long next = Math.min(virtualEvents.nextCount(), physicalEvents.nextCount());
    return next == EventStream.NEVER ? Long.MAX_VALUE : nanosOf(next);
  }

  private static long nanosOf(long count) {
    return (count / COUNTS) * NANOS + (count % COUNTS * NANOS + COUNTS - 1) / COUNTS;
  }

  /** One timer: its interrupt is asserted while it is enabled, not masked and its time has come. */
  public final class Channel {
    private static final long ENABLE = 1;
    private static final long IMASK = 2;
    private static final long ISTATUS = 4;

    private final IrqLine line;
    private final Alarm alarm;
    private long control;
    private long compare;

    private Channel(String name, IrqLine line) {
      this.line = line;
      alarm = board.agenda().alarm(name, at -> update());
    }

    /** CTL. */
    public long control() {
      return control | (isMet() ? ISTATUS : 0);
    }

    /** Writes CTL. */
    public void setControl(long value) {
      control = value & (ENABLE | IMASK);
      update();
    }

    /** CVAL. */
    public long compare() {
      return compare;
    }

    /** Writes CVAL. */
    public void setCompare(long value) {
      compare = value;
      update();
    }

    /** TVAL: counts until the time comes, 32 bits, signed. */
    public long countsLeft() {
      return compare - count() & 0xFFFF_FFFFL;
    }

    /** Writes TVAL. */
    public void setCountsLeft(long value) {
      setCompare(count() + (int) value);
    }

    /** Whether an interrupt is to come, or is there. */
    public boolean mayInterrupt() {
      return (control & (ENABLE | IMASK)) == ENABLE;
    }

    private boolean isMet() {
      return (control & ENABLE) != 0 && count() - compare >= 0;
    }

    private void update() {
      boolean isMet = isMet();
      line.set(isMet && (control & IMASK) == 0 ? Level.HIGH : Level.LOW);
      if ((control & ENABLE) != 0 && !isMet && compare >= 0 && compare < FARTHEST_COUNT) {
        alarm.setAt(nanosOf(compare));
      } else {
        alarm.cancel();
      }
    }
  }
}
