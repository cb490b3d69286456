package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.bcm2711.Gic400;
import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.cpu.MmioPort;
import dev.roundhouse.emulator.cpu.MmioWindow;

/**
 * Carries device accesses of guest code to the bus. Time catches up first, to the end of the block
 * that the access is in; afterwards the processor is given until the next alarm, which the access
 * may have set, or none at all when an interrupt is pending.
 */
final class DevicePort implements MmioPort {
  private final Bus bus;
  private final Gic400 interrupts;
  private final GuestTime time;
  private final Lookout lookout;
  private final InstructionBudget budget;

  DevicePort(Bcm2711 board, GuestTime time, Lookout lookout, InstructionBudget budget) {
    bus = board.bus();
    interrupts = board.gic();
    this.time = time;
    this.lookout = lookout;
    this.budget = budget;
  }

  /** Everything that is no RAM. */
  MmioWindow window() {
    return new MmioWindow(bus.space().start(), bus.space().length(), this);
  }

  @Override
  public long read(long address, int bytes) {
    time.catchUp();
    long value = bus.read(address, bytes);
    planAfterAccess();
    return value;
  }

  @Override
  public void write(long address, int bytes, long value) {
    time.catchUp();
    bus.write(address, bytes, value);
    planAfterAccess();
  }

  private void planAfterAccess() {
    if (interrupts.irqAsserted()) {
      budget.cutShort();
    } else {
      time.plan(lookout.nextNanos());
    }
  }
}
