package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.unicorn.binding.Arm64Register;
import dev.roundhouse.emulator.unicorn.core.ExceptionEntry;
import dev.roundhouse.emulator.unicorn.core.SystemRegisterFile;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import dev.roundhouse.emulator.unicorn.core.TranslationWalk;
import java.util.Optional;

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

  /** How the MMU sees the address of an abort; nothing while it is off. */
  Optional<CoreState.Walk> walk(CoreState.TakenException abort) {
    return registers.isTranslating(abort.level())
        ? Optional.of(
            new CoreState.Walk(
                abort.address(), registers.steps(abort.level(), abort.address(), ram)))
        : Optional.empty();
  }

  /** What the core's registers hold, which has taken these exceptions. */
  CoreState core(ExceptionEntry exceptions) {
    return new CoreState(
        window.general(),
        window.sp(),
        window.pc(),
        registers.numbered(Arm64Register.PSTATE),
        registers.named(window),
        exceptions.last(),
        exceptions.taken(),
        exceptions.lastAbort().flatMap(this::walk));
  }

  /** Whether an address is mapped as device memory. */
  boolean isDevice(long virtual) {
    return registers.isDevice(window.level(), virtual, ram);
  }
}
