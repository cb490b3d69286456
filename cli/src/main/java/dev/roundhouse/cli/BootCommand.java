package dev.roundhouse.cli;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.converter.AbiConverter;
import dev.roundhouse.cli.converter.InstructionTimeConverter;
import dev.roundhouse.cli.converter.MemorySizeConverter;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.DebugOptions;
import dev.roundhouse.cli.options.ExtrasOptions;
import dev.roundhouse.cli.options.LineOptions;
import dev.roundhouse.cli.options.MapOption;
import dev.roundhouse.cli.options.RunOptions;
import dev.roundhouse.cli.options.Values;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.HandOver;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.emulator.setup.KernelFile;
import dev.roundhouse.kernel.abi.CallAbi;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code boot}: boots a whole kernel. */
@Command(
    name = "boot",
    header = "Boot a whole kernel.",
    description = {
      "Boots KERNEL as the firmware of a Raspberry Pi 4B does: kernel8.img is copied to 0x80000"
          + " and started there at EL2; a kernel.elf goes to its physical addresses, and reports"
          + " have its names.",
      "",
      "A kernel that waits for an interrupt that cannot come ends the run with exit code 0; one"
          + " that ends it by semihosting (SYS_EXIT), with its own code. Takes Unicorn 2.1.",
      "",
      "UART output goes to stdout as it is, everything else to stderr. A terminal is put in raw"
          + " mode: Ctrl-A x ends the run, Ctrl-A h helps."
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse boot kernel8.img",
      "  roundhouse boot kernel.elf --uart 3=tcp:4000 --timeout 60s",
    })
final class BootCommand implements Callable<Integer> {
  private static final int CONSOLE = 0;

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "KERNEL", description = "kernel8.img or kernel.elf.")
  private Path kernel = Path.of("");

  @Mixin private LineOptions ends = new LineOptions(CONSOLE);

  @Mixin private MapOption map = new MapOption();

  @Mixin private ExtrasOptions board = new ExtrasOptions();

  @Option(
      names = "--ram",
      paramLabel = "SIZE",
      defaultValue = "4G",
      converter = MemorySizeConverter.class,
      description =
          "RAM, as in 512M or 4G (default: ${DEFAULT-VALUE}, of which the devices hide the last"
              + " 64 MiB). What is not touched costs nothing.")
  private long ram;

  @Option(names = "--no-reboot", description = "End the run when the kernel asks for a reboot.")
  private boolean isRebootTheEnd;

  @Option(
      names = "--sp",
      paramLabel = "ADDRESS",
      converter = StackConverter.class,
      description =
          "The stack pointer at the start, as in 0x3ab00000, for a kernel that sets none. The"
              + " firmware lends none.")
  private long stackPointer;

  @Option(
      names = "--u-boot",
      description =
          "Start as U-Boot's go does: with a stack, and UART0 enabled at 115200 8N1. A kernel that"
              + " returns ends the run.")
  private boolean isStartedByUBoot;

  @Option(
      names = "--abi",
      paramLabel = "PROFILE",
      converter = AbiConverter.class,
      completionCandidates = Values.Abis.class,
      description = {
        "What the kernel's system calls are called and mean, for --trace and the table of tasks:"
            + " trainsos, course, mini, sel4, or a file (docs/abi-profiles.md). Without, calls have numbers"
            + " and there is no table; none is guessed."
      })
  private CallAbi abi = CallAbi.UNKNOWN;

  @Option(
      names = "--symbols",
      paramLabel = "FILE",
      description =
          "The ELF file that KERNEL was made of, for names and lines in reports. Without, that is"
              + " looked for beside a kernel8.img.")
  private @Nullable Path elf;

  @Option(
      names = "--uncached-ns",
      paramLabel = "N",
      defaultValue = "30",
      converter = InstructionTimeConverter.class,
      description =
          "How many nanoseconds an instruction takes while SCTLR.I is clear (default:"
              + " ${DEFAULT-VALUE}): with SCTLR.I set but M or C clear it is 8/30 of that, with all"
              + " three set always 1. With 1 every instruction takes 1.")
  private InstructionTime instructionTime = InstructionTime.OF_CHIP;

  @Mixin private DebugOptions debugger = new DebugOptions();

  @Mixin private RunOptions course = new RunOptions();

  BootCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    Guest.Kernel guest =
        new Guest.Kernel(
            KernelFile.read(
                kernel,
                Optional.ofNullable(elf),
                notice -> context.messages().say(Messages.Tone.ASIDE, notice)),
            ram,
            isRebootTheEnd ? Guest.OnReboot.END : Guest.OnReboot.BOOT_AGAIN,
            instructionTime,
            Optional.of(abi));
    HandOver.By by = isStartedByUBoot ? HandOver.By.U_BOOT : HandOver.By.FIRMWARE;
    return new PlannedRun(ends, map, board, course, debugger.plan())
        .run(context, guest.startedBy(new HandOver(by, stackPointer)))
        .exitCode();
  }

  /** Reads an address for a stack, as in 0x3ab00000. */
  static final class StackConverter implements ITypeConverter<Long> {
    private static final int ALIGNMENT = 16;

    @Override
    public Long convert(String text) {
      try {
        long address = Long.decode(text);
        if (address > 0 && address % ALIGNMENT == 0) {
          return address;
        }
      } catch (NumberFormatException e) {
        // The message below says what is right.
      }
      throw new TypeConversionException(
          "'" + text + "' is no address for a stack: give a multiple of 16, as in 0x3ab00000");
    }
  }
}
