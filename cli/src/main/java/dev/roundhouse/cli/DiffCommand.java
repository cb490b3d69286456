package dev.roundhouse.cli;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.converter.AbiConverter;
import dev.roundhouse.cli.converter.DurationConverter;
import dev.roundhouse.cli.converter.MemorySizeConverter;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.ProgramOptions;
import dev.roundhouse.cli.options.UartLine;
import dev.roundhouse.cli.session.DiffSession;
import dev.roundhouse.emulator.compare.ComparedRun;
import dev.roundhouse.emulator.compare.Comparison;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.setup.KernelFile;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallAbiReader;
import dev.roundhouse.kernel.report.Strictness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diff}: compares the kernel model with a booted kernel. */
@Command(
    name = "diff",
    header = "Compare the kernel model with a booted kernel.",
    description = {
      "Runs ENTRY.elf and the other programs on the kernel model, boots KERNEL, which must have the"
          + " same programs in it, and compares step by step what tasks call, with which contents,"
          + " what they get, and in which order they run. Prints the first difference, both sides"
          + " next to each other, and ends with exit code 7; or with 0 when there is none.",
      "",
      "Addresses, times, interrupts and the idle task are not compared. A run that is cut off by a"
          + " limit is compared as far as it goes. The programs' output is dropped."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse diff rps.elf --programs build/programs --kernel kernel8.img",
      "  roundhouse diff clocks.elf --programs build --kernel kernel8.img --each-task"
    })
final class DiffCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin private ProgramOptions programs = new ProgramOptions();

  @Option(
      names = "--kernel",
      required = true,
      paramLabel = "KERNEL",
      description = "kernel8.img or kernel.elf, with the same programs in it.")
  private Path kernel = Path.of("");

  @Option(
      names = "--abi",
      paramLabel = "PROFILE",
      converter = AbiConverter.class,
      description =
          "What the booted kernel's system calls are: trainsos (the default), course, mini, sel4, or a"
              + " file (docs/abi-profiles.md).")
  private CallAbi abi = CallAbiReader.shipped("trainsos");

  @Option(
      names = "--each-task",
      description =
          "Compare what each task does, whatever the order of different tasks: for programs whose"
              + " order depends on time.")
  private boolean isOrderFree;

  @Option(
      names = "--console",
      paramLabel = "N",
      defaultValue = "2",
      converter = UartLine.NumberConverter.class,
      description = "The UART that gets --input: 0, 2, 3, 4 or 5 (default: ${DEFAULT-VALUE}).")
  private int console;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "What the console receives in both runs.")
  private @Nullable Path input;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Compare at most so many steps (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "End each run after this much virtual time (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--ram",
      paramLabel = "SIZE",
      defaultValue = "4G",
      converter = MemorySizeConverter.class,
      description = "RAM of the booted kernel, as for boot (default: ${DEFAULT-VALUE}).")
  private long ram;

  @Option(
      names = "--engine",
      paramLabel = "FILE",
      description = "The engine library to use, in place of the best that is found.")
  private @Nullable Path engine;

  DiffCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    if (steps < 1) {
      throw new UserError(ExitCode.USAGE, "--steps " + steps + ": give 1 or more");
    }
    DiffSession.Plan plan =
        new DiffSession.Plan(
            Optional.ofNullable(engine),
            programs.guest(context.messages(), Strictness.TOLERANT),
            new Guest.Kernel(
                KernelFile.read(
                    kernel, notice -> context.messages().say(Messages.Tone.ASIDE, notice)),
                ram,
                Guest.OnReboot.END,
                InstructionTime.UNIFORM,
                Optional.of(abi)),
            new ComparedRun.Setting(
                new RunLimits(timeout.toNanos(), Long.MAX_VALUE), steps, console, input()),
            isOrderFree ? Comparison.Order.OF_EACH_TASK : Comparison.Order.OF_ALL);
    return new DiffSession(context.standard(), context.messages(), context.environment())
        .run(plan, context.out())
        .code();
  }

  private String input() throws UserError {
    if (input == null) {
      return "";
    }
    UserFile file = new UserFile(input, FileKind.CONSOLE_INPUT, "--input " + input);
    return new String(file.bytes(), StandardCharsets.ISO_8859_1);
  }
}
