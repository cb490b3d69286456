package dev.roundhouse.emulator.ports;

import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.emulator.cpu.MmioPort;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.run.GuestTime;

/**
 * Carries device accesses of guest code to the bus. Time catches up first, to the end of the block
 * that the access is in; afterwards it is planned anew how far the processor may go on, because the
 * access may have set an alarm or asserted an interrupt.
 */
public final class DevicePort implements MmioPort {
  private final Bus bus;
  private final GuestTime time;
  private final AfterAccess after;

  public DevicePort(Bus bus, GuestTime time, AfterAccess after) {
    this.bus = bus;
    this.time = time;
    this.after = after;
  }

  /** Everything that is no RAM. */
  public MmioWindow window() {
    return new MmioWindow(bus.space().start(), bus.space().length(), this);
  }

  @Override
  public long read(long address, int bytes) {
    time.catchUp();
    long value = bus.read(address, bytes);
    after.planOn();
    return value;
  }

  @Override
  public void write(long address, int bytes, long value) {
    time.catchUp();
    bus.write(address, bytes, value);
    after.planOn();
  }
}
