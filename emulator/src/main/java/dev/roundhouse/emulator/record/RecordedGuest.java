package dev.roundhouse.emulator.record;

import dev.roundhouse.emulator.machine.BootConfig;
import dev.roundhouse.emulator.machine.MachineConfig;

/** What ran in a recorded run. */
public sealed interface RecordedGuest {
  /** Programs on the kernel model. {@link Replay} runs them again. */
  record Programs(MachineConfig.Guest guest) implements RecordedGuest {}

  /** A booted kernel, whose calls are not watched. {@link KernelReplay} boots it again. */
  record Kernel(BootConfig.Guest guest) implements RecordedGuest {}
}
