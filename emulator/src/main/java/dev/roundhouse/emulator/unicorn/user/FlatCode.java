package dev.roundhouse.emulator.unicorn.user;

import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.unicorn.binding.AccessFinder;

/** Code of programs, whose addresses are the physical ones. */
record FlatCode(GuestWindow ram) implements AccessFinder.Code {
  @Override
  public long physical(long virtual) {
    return virtual;
  }

  @Override
  public int at(long physical) {
    return ram.instruction(physical);
  }
}
