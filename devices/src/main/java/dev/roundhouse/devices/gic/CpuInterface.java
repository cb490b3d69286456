package dev.roundhouse.devices.gic;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.trace.DeviceEvent;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The CPU interface of core 0 as non-secure software sees it (GICv2 architecture, IHI 0048B, 4.4;
 * GIC-400 TRM, DDI 0471B, 3.3).
 *
 * <p>It starts as the firmware's stub leaves it: GICC_CTLR = 0x1E7 and GICC_PMR = 0xFF as secure
 * software writes them (raspberrypi/tools, armstub8.S, setup_gic); here that is seen as 0x61 and
 * 0xF0.
 */
public final class CpuInterface {
  /** Bytes of its address range. */
  public static final int LENGTH = 0x2000;

  private static final int CTLR = 0x0000;
  private static final int PMR = 0x0004;
  private static final int BPR = 0x0008;
  private static final int IAR = 0x000C;
  private static final int EOIR = 0x0010;
  private static final int RPR = 0x0014;
  private static final int HPPIR = 0x0018;
  private static final int ABPR = 0x001C;
  private static final int AIAR = 0x0020;
  private static final int AEOIR = 0x0024;
  private static final int AHPPIR = 0x0028;
  private static final int APR0 = 0x00D0;
  private static final int NSAPR0 = 0x00E0;
  private static final int IIDR = 0x00FC;
  private static final int DIR = 0x1000;

  private static final int IIDR_VALUE = 0x0202143B;
  private static final int CONTROL_FROM_FIRMWARE = 0x61;
  private static final int MASK_FROM_FIRMWARE = 0xF8;
  private static final int SMALLEST_BINARY_POINT = 3;
  private static final int BINARY_POINT_BITS = 3;
  private static final int ID_BITS = 13;
  private static final int BYTE_BITS = 8;
  private static final int INTERRUPT_ID = 0x3FF;
  private static final int IDLE_SEEN = 0xFF;
  private static final int MANY_RENEWALS = 1000;

  /** A bit of {@link #activePriorities} for each of the 32 priorities. */
  private static final int PRIORITY_STEP_SHIFT = 3;

  private static final Field ENABLE_GROUP_1 = Field.bit("EnableGrp1", 0);
  private static final Field EOI_MODE = Field.bit("EOImodeNS", 9);

  private final BoardServices board;
  private final IntFunction<String> names;
  private final Distributor distributor;
  private final RegisterTable table;
  private final Register control;
  private int priorityMask = MASK_FROM_FIRMWARE;
  private int binaryPoint = SMALLEST_BINARY_POINT;
  private int activePriorities;
  private boolean asserted;
  private long assertedSinceNanos;
  private long taken;
  private int latestTaken;
  private long latestTakenNanos;

  /** How often in a row the interrupt that was ended was asked for again at once. */
  private int renewals;

  CpuInterface(BoardServices board, Distributor distributor, IntFunction<String> names) {
    this.board = board;
    this.names = names;
    this.distributor = distributor;
    this.table = new RegisterTable("GICC", LENGTH, board.warnings());
    this.control =
        table.add(
            Register.of("CTLR", CTLR, Access.RW)
                .fields(
                    ENABLE_GROUP_1,
                    Field.bit("FIQBypDisGrp1", 5),
                    Field.bit("IRQBypDisGrp1", 6),
                    EOI_MODE)
                .reset(CONTROL_FROM_FIRMWARE)
                .writtenBy(value -> update()));
    addPriorityRegisters();
    table.add(Register.of("IAR", IAR, Access.RO).readBy(this::acknowledge));
    table.add(Register.of("EOIR", EOIR, Access.WO).bits(ID_BITS).writtenBy(this::end));
    table.add(Register.of("DIR", DIR, Access.WO).bits(ID_BITS).writtenBy(this::deactivate));
    table.add(Register.of("HPPIR", HPPIR, Access.RO).readBy(distributor::nextPending));
    table.add(Register.of("IIDR", IIDR, Access.RO).reset(IIDR_VALUE));
    addSecureRegisters();
  }

  private void addPriorityRegisters() {
    table.add(
        Register.of("PMR", PMR, Access.RW)
            .bits(BYTE_BITS)
            .readBy(() -> GicPriority.isNonSecure(priorityMask) ? seen(priorityMask) : 0)
            .writtenBy(this::writeMask));
    table.add(
        Register.of("BPR", BPR, Access.RW)
            .bits(BINARY_POINT_BITS)
            .readBy(() -> binaryPoint)
            .writtenBy(this::writeBinaryPoint));
    table.add(Register.of("RPR", RPR, Access.RO).readBy(this::runningPrioritySeen));
    table.add(Register.of("APR0", APR0, Access.UNMODELLED));
    table.add(Register.of("NSAPR0", NSAPR0, Access.UNMODELLED));
  }

  /** Non-secure accesses to these read zero and are ignored (IHI 0048B, 4.1.3). */
  private void addSecureRegisters() {
    table.add(Register.of("ABPR", ABPR, Access.RESERVED));
    table.add(Register.of("AIAR", AIAR, Access.RESERVED));
    table.add(Register.of("AEOIR", AEOIR, Access.RESERVED));
    table.add(Register.of("AHPPIR", AHPPIR, Access.RESERVED));
  }

  MmioDevice registers() {
    return table;
  }

  /** Whether the interrupt request to the core is asserted. */
  boolean isAsserted() {
    return asserted;
  }

  /** Finds out anew whether the core is interrupted. */
  void update() {
    boolean now = signalled() != Distributor.NONE;
    if (now && !asserted) {
      assertedSinceNanos = board.clock().nanos();
    }
    asserted = now;
  }

  long taken() {
    return taken;
  }

  /** The interrupt that the core is asked to take, and since when. */
  Optional<Gic400.Request> request() {
    int id = signalled();
    return id == Distributor.NONE
        ? Optional.empty()
        : Optional.of(new Gic400.Request(id, assertedSinceNanos));
  }

  /** Why an interrupt that the distributor forwards is not asked for; empty when it is. */
  Optional<String> whyHeld(int id) {
    if (!control.has(ENABLE_GROUP_1)) {
      return Optional.of("the CPU interface is off: set bit 0 of GICC_CTLR");
    }
    int priority = distributor.priority(id);
    if (priority >= priorityMask) {
      return Optional.of(
          "its priority 0x%x does not pass the mask 0x%x: write 0xff to GICC_PMR"
              .formatted(seen(priority), seen(priorityMask)));
    }
    return groupPriority(priority) < runningPriority()
        ? Optional.empty()
        : Optional.of("one that was taken before was not ended: write its number to GICC_EOIR");
  }

  /** The next interrupt if it passes the mask and pre-empts what runs (IHI 0048B, 3.3). */
  private int signalled() {
    if (!control.has(ENABLE_GROUP_1)) {
      return Distributor.NONE;
    }
    int id = distributor.nextPending();
    if (id == Distributor.NONE) {
      return id;
    }
    int priority = distributor.priority(id);
    boolean passes = priority < priorityMask && groupPriority(priority) < runningPriority();
    return passes ? id : Distributor.NONE;
  }

  private int acknowledge() {
    int id = signalled();
    if (id == Distributor.NONE) {
      return id;
    }
    activePriorities |= 1 << (groupPriority(distributor.priority(id)) >>> PRIORITY_STEP_SHIFT);
    distributor.activate(id);
    taken++;
    renewals = id == latestTaken ? renewals : 0;
    latestTaken = id;
    latestTakenNanos = board.clock().nanos();
    if (board.trace().isOn()) {
      board.trace().emit(board.clock().nanos(), new DeviceEvent.InterruptAcknowledged(id));
    }
    return id;
  }

  private void end(int value) {
    int id = value & INTERRUPT_ID;
    if (id >= Distributor.IDS) {
      return;
    }
    activePriorities &= activePriorities - 1;
    if (!control.has(EOI_MODE)) {
      distributor.deactivate(id);
    }
    update();
    countRenewal(id);
    if (board.trace().isOn()) {
      board.trace().emit(board.clock().nanos(), new DeviceEvent.InterruptEnded(id));
    }
  }

  /** A handler that leaves the cause at its device is called again before anything else runs. */
  private void countRenewal(int id) {
    renewals = signalled() == id ? renewals + 1 : 0;
    if (renewals == MANY_RENEWALS) {
      board
          .warnings()
          .warn(
              "GIC",
              ("interrupt %d (%s) was ended %d times in a row and is asked for again each time: its"
                      + " cause must be ended at the device (clear or mask it there)")
                  .formatted(id, names.apply(id), MANY_RENEWALS));
    }
  }

  /** The interrupt that was taken last, and when, if one that was taken is not ended. */
  Optional<Gic400.Request> unended() {
    return activePriorities == 0
        ? Optional.empty()
        : Optional.of(new Gic400.Request(latestTaken, latestTakenNanos));
  }

  /** Only with separate priority drop and deactivation (IHI 0048B, 4.4.15). */
  private void deactivate(int value) {
    if (control.has(EOI_MODE)) {
      distributor.deactivate(value & INTERRUPT_ID);
    }
  }

  private void writeMask(int value) {
    if (GicPriority.isNonSecure(priorityMask)) {
      priorityMask = GicPriority.written(value);
      update();
    }
  }

  private void writeBinaryPoint(int value) {
    binaryPoint = Math.max(value, SMALLEST_BINARY_POINT);
    update();
  }

  /** The bits of a priority that decide on pre-emption, as the non-secure binary point splits. */
  private int groupPriority(int priority) {
    return priority & -(1 << binaryPoint);
  }

  private int runningPriority() {
    return activePriorities == 0
        ? Distributor.IDLE_PRIORITY
        : Integer.numberOfTrailingZeros(activePriorities) << PRIORITY_STEP_SHIFT;
  }

  private int runningPrioritySeen() {
    int running = runningPriority();
    if (running == Distributor.IDLE_PRIORITY) {
      return IDLE_SEEN;
    }
    return GicPriority.isNonSecure(running) ? seen(running) : 0;
  }

  private static int seen(int priority) {
    return GicPriority.viewed(priority);
  }
}
