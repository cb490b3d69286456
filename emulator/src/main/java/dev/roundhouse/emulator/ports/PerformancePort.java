package dev.roundhouse.emulator.ports;

import dev.roundhouse.devices.pmu.Moment;
import dev.roundhouse.devices.pmu.PerformanceMonitor;
import dev.roundhouse.devices.pmu.PerformanceMonitor.Direction;
import dev.roundhouse.emulator.cpu.CoreRegisters;
import dev.roundhouse.emulator.cpu.SystemCpu;
import dev.roundhouse.emulator.run.GuestTime;
import java.util.OptionalLong;

/**
 * Carries MRS and MSR of the performance monitors' registers to them. They see the very instruction
 * and not only the block of code, because short pieces of code are measured by them; and no poll
 * loop is made of reads, because that would be measured too.
 */
public record PerformancePort(
    PerformanceMonitor monitor, SystemCpu cpu, GuestTime time, AfterAccess after)
    implements CoreRegisters {
  public PerformancePort {
    monitor.follow(time::instructions);
  }

  @Override
  public boolean has(int key) {
    return monitor.has(key);
  }

  @Override
  public OptionalLong read(int key, int level) {
    boolean isHere = monitor.has(key) && !PerformanceMonitor.isOnlyTold(key);
    return isHere && monitor.isOpen(key, level, Direction.READ)
        ? OptionalLong.of(monitor.read(key, now()))
        : OptionalLong.empty();
  }

  @Override
  public boolean write(int key, long value, int level) {
    if (!monitor.has(key)) {
      return false;
    }
    boolean isOnlyTold = PerformanceMonitor.isOnlyTold(key);
    if (isOnlyTold ? level == 0 : !monitor.isOpen(key, level, Direction.WRITE)) {
      return false;
    }
    Moment now = now();
    time.catchUp();
    monitor.write(key, value, now);
    after.planOn();
    return !isOnlyTold;
  }

  private Moment now() {
    int uncounted = cpu.instructionsAhead();
    return new Moment(time.present(uncounted), time.executed(uncounted));
  }
}
