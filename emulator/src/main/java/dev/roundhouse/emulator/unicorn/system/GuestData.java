package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.GuestWindow;

/** The guest's memory, seen from the exception level that its core is at. */
record GuestData(SystemWindow window, SystemRegisterFile registers, GuestWindow ram) {
  /** The physical address behind a virtual one, or {@link TranslationWalk#NOTHING}. */
  long physical(long virtual) {
    return registers.physical(window.level(), virtual, ram);
  }

  /** The instruction at a virtual address, 0 where there is none. */
  int instructionAt(long virtual) {
    long physical = physical(virtual);
    return physical == TranslationWalk.NOTHING ? 0 : ram.instruction(physical);
  }
}
