package dev.roundhouse.emulator.ports;

import dev.roundhouse.devices.timer.GenericTimer;
import dev.roundhouse.emulator.cpu.CoreTimer;
import dev.roundhouse.emulator.run.GuestTime;
import org.jspecify.annotations.Nullable;

/**
 * Carries MRS and MSR of the generic timer's registers to it, with time brought up to date before
 * and planned anew afterwards, as {@link DevicePort} does for devices.
 */
public final class CoreTimerPort implements CoreTimer {
  private static final int PHYSICAL_COUNT = CoreTimer.key(3, 0, 1);
  private static final int VIRTUAL_COUNT = CoreTimer.key(3, 0, 2);
  private static final int PHYSICAL = CoreTimer.key(3, 2, 0);
  private static final int VIRTUAL = CoreTimer.key(3, 3, 0);
  private static final int HYPERVISOR = CoreTimer.key(4, 2, 0);
  private static final int VIRTUAL_EVENTS = CoreTimer.key(0, 1, 0);
  private static final int PHYSICAL_EVENTS = CoreTimer.key(4, 1, 0);
  private static final int REGISTER_MASK = 0xf;
  private static final int COUNTS_LEFT = 0;
  private static final int CONTROL = 1;
  private static final int COMPARE = 2;

  private final GenericTimer timer;
  private final GuestTime time;
  private final PollStretch polls;
  private final AfterAccess after;

  public CoreTimerPort(GenericTimer timer, GuestTime time, PollStretch polls, AfterAccess after) {
    this.timer = timer;
    this.time = time;
    this.polls = polls;
    this.after = after;
  }

  @Override
  public long read(int register) {
    time.catchUp();
    long value =
        register == PHYSICAL_COUNT || register == VIRTUAL_COUNT
            ? timer.count()
            : readChannel(register);
    polls.read(register, value);
    after.planOn();
    return value;
  }

  private long readChannel(int register) {
    GenericTimer.Channel channel = channel(register);
    if (channel == null) {
      return NOT_HERE;
    }
    return switch (register & REGISTER_MASK) {
      case COUNTS_LEFT -> channel.countsLeft();
      case CONTROL -> channel.control();
      case COMPARE -> channel.compare();
      default -> NOT_HERE;
    };
  }

  @Override
  public boolean write(int register, long value) {
    tellEvents(register, value);
    GenericTimer.Channel channel = channel(register);
    if (channel == null) {
      return false;
    }
    time.catchUp();
    polls.written();
    boolean isHere = true;
    switch (register & REGISTER_MASK) {
      case COUNTS_LEFT -> channel.setCountsLeft(value);
      case CONTROL -> channel.setControl(value);
      case COMPARE -> channel.setCompare(value);
      default -> isHere = false;
    }
    after.planOn();
    return isHere;
  }

  /** CNTKCTL_EL1 and CNTHCTL_EL2, which are the core's own for all else. */
  private void tellEvents(int register, long value) {
    if (register == VIRTUAL_EVENTS || register == PHYSICAL_EVENTS) {
      time.catchUp();
      (register == VIRTUAL_EVENTS ? timer.virtualEvents() : timer.physicalEvents())
          .setControl(value);
      after.planOn();
    }
  }

  private GenericTimer.@Nullable Channel channel(int register) {
    int group = register & ~REGISTER_MASK;
    if (group == PHYSICAL) {
      return timer.physical();
    }
    if (group == VIRTUAL) {
      return timer.virtual();
    }
    return group == HYPERVISOR ? timer.hypervisor() : null;
  }
}
