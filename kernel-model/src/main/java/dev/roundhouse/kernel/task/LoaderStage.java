package dev.roundhouse.kernel.task;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.kernel.loader.ElfImage;

/** How far a task is with loading its program, which happens inside the task itself. */
public sealed interface LoaderStage {
  /** Will resolve its argument block and ask for memory. */
  record Resolving() implements LoaderStage {}

  /** Has its memory, will copy the program there. */
  record Placing(ElfImage image, AddressRange memory) implements LoaderStage {}

  /** Runs its program. */
  record InProgram(LoadedProgram program) implements LoaderStage {}

  /** Has no program: the idle task, which is part of the kernel. */
  record InKernel() implements LoaderStage {}
}
