package dev.roundhouse.kernel;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.kernel.abi.MemoryLayout;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.loader.ArgumentBlock;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.memory.PageAllocator;
import dev.roundhouse.kernel.memory.UserMemory;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.task.LoadedProgram;
import dev.roundhouse.kernel.task.LoaderStage;
import dev.roundhouse.kernel.task.ResumeKind;
import dev.roundhouse.kernel.task.Task;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ELF loader, which is the first code of every new task (loader/src/loader.c, load_elf,
 * 9d49562). It is modelled as two activations of the task: up to its {@code mmap}, and from there
 * to the entry point.
 */
final class LoaderActivations {
  /** Registers of a new task that mean nothing are filled with this byte. */
  private static final long FILL = 0x5A5A_5A5A_5A5A_5A5AL;

  /** The stack pointer is always a multiple of 16 (Arm ARM, D1.8.2). */
  private static final long STACK_ALIGNMENT = 16;

  private final ProgramCatalog programs;
  private final PageAllocator pages;
  private final UserMemory memory;
  private final MemoryLayout layout;
  private final Violations violations;

  LoaderActivations(
      ProgramCatalog programs,
      PageAllocator pages,
      UserMemory memory,
      MemoryLayout layout,
      Violations violations) {
    this.programs = programs;
    this.pages = pages;
    this.memory = memory;
    this.layout = layout;
    this.violations = violations;
  }

  /**
   * The first activation: resolves the argument block, finds the program and makes the system call
   * mmap for its memory.
   *
   * @return how the run ends if there is no such program, or no memory
   */
  Optional<EndOfRun> requestMemory(Task task) {
    ArgumentBlock block = readArguments(task);
    String name = block.program().orElse("");
    return switch (programs.find(name).orElse(null)) {
      case null -> Optional.of(new EndOfRun.UnknownProgram(task.tid(), name, programs.names()));
      case ParseResult.Refused(var problem) ->
          Optional.of(new EndOfRun.CannotLoad(task.tid(), name, problem.text()));
      case ParseResult.Accepted(var image, var warnings) -> requestMemory(task, name, image);
    };
  }

  /** The second activation: copies and relocates the program and enters it. */
  LoadedProgram enterProgram(Task task, LoaderStage.Placing placing) {
    ElfImage image = placing.image();
    image.place(memory.memory(), placing.memory());
    long bias = image.loadBias(placing.memory());
    LoadedProgram program = new LoadedProgram(image, placing.memory(), bias);
    SavedRegisters registers = task.registers();
    Arrays.fill(registers.array(), FILL);
    registers.setX(0, task.arguments().address());
    registers.setX(1, task.arguments().length());
    registers.setSp((task.arguments().address() - layout.loaderFrameBytes()) & -STACK_ALIGNMENT);
    registers.setX(SavedRegisters.LR, layout.exitStub());
    registers.setPc(image.entry() + bias);
    registers.setPstate(0);
    task.setResumeKind(ResumeKind.FRESH);
    task.setStage(new LoaderStage.InProgram(program));
    return program;
  }

  private ArgumentBlock readArguments(Task task) {
    byte[] bytes = new byte[Math.toIntExact(task.arguments().length())];
    if (bytes.length > 0) {
      memory.memory().read(task.arguments().address(), bytes, 0, bytes.length);
    }
    ArgumentBlock block = ArgumentBlock.parse(bytes);
    if (!block.isTerminated()) {
      violations.report(
          task,
          Rule.ARGUMENTS_NOT_TERMINATED,
          "the real loader reads on behind the block's %d bytes".formatted(bytes.length));
    }
    return block;
  }

  private Optional<EndOfRun> requestMemory(Task task, String name, ElfImage image) {
    OptionalLong start = pages.allocateBytes(image.span());
    if (start.isEmpty()) {
      return Optional.of(
          new EndOfRun.CannotLoad(
              task.tid(), name, "no page of %d bytes is left".formatted(image.span())));
    }
    task.setResult(0);
    task.setStage(
        new LoaderStage.Placing(image, new AddressRange(start.getAsLong(), image.span())));
    return Optional.empty();
  }
}
