package dev.roundhouse.emulator.ports;

import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.emulator.cpu.DeviceAccess;
import dev.roundhouse.emulator.cpu.MmioPort;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.kernel.report.Fault.Access;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries device accesses of guest code to the bus. Time catches up first, to the end of the block
 * that the access is in; afterwards it is planned anew how far the processor may go on, because the
 * access may have set an alarm or asserted an interrupt.
 */
public final class DevicePort implements MmioPort {
  private final Bus bus;
  private final GuestTime time;
  private final AfterAccess after;
  private long address;
  private @Nullable Access present;

  public DevicePort(Bus bus, GuestTime time, AfterAccess after) {
    this.bus = bus;
    this.time = time;
    this.after = after;
  }

  /** Everything that is no RAM. */
  public MmioWindow window() {
    return new MmioWindow(bus.space().start(), bus.space().length(), this);
  }

  /** The access that is being made; empty while none is. */
  public Optional<DeviceAccess> present() {
    return Optional.ofNullable(present).map(direction -> new DeviceAccess(address, direction));
  }

  @Override
  public long read(long from, int bytes) {
    time.catchUp();
    address = from;
    present = Access.READ;
    long value = bus.read(from, bytes);
    present = null;
    after.planOn();
    return value;
  }

  @Override
  public void write(long to, int bytes, long value) {
    time.catchUp();
    address = to;
    present = Access.WRITE;
    bus.write(to, bytes, value);
    present = null;
    after.planOn();
  }
}
