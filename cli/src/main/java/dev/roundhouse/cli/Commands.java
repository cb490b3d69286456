package dev.roundhouse.cli;

import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.console.UnexpectedError;
import dev.roundhouse.cli.converter.PathConverter;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommandExits;
import dev.roundhouse.cli.options.ComparingCommand;
import dev.roundhouse.cli.options.JsonOption;
import dev.roundhouse.cli.options.Meant;
import dev.roundhouse.cli.session.FailureSummary;
import dev.roundhouse.cli.trace.TraceCommand;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.cpu.EngineLimitException;
import dev.roundhouse.emulator.cpu.FullSystemUnsupportedException;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.machine.SharedFileCutException;
import dev.roundhouse.emulator.process.Launcher;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The commands, and how their errors reach the user. Only those that are needed are loaded. */
final class Commands {
  static final String NAME = "roundhouse";

  /** More is no message but content of a file. */
  private static final int LONGEST_MESSAGE = 8000;

  static final List<String> NAMES =
      List.of(
          "run",
          "boot",
          "diff",
          "demo",
          "replay",
          "tasks",
          "trace",
          "test",
          "conform",
          "track",
          "ports",
          "monitor",
          "calibrate",
          "twin",
          "inspect",
          "doctor",
          "new",
          "layout",
          "stubs",
          "completion",
          "man-pages",
          "help");

  private Commands() {}

  /** The command line for these words: with one subcommand when they name it first. */
  static CommandLine forWords(CommandContext context, String... words) {
    if (words.length > 0 && NAMES.contains(words[0])) {
      CommandLine root = root();
      root.addSubcommand(words[0], command(words[0], context));
      return finished(root, context);
    }
    return all(context);
  }

  /** The command line with all subcommands. */
  static CommandLine all(CommandContext context) {
    CommandLine root = root();
    for (String name : NAMES) {
      root.addSubcommand(name, command(name, context));
    }
    return finished(root, context);
  }

  private static CommandLine root() {
    return new CommandLine(new RoundhouseCommand());
  }

  private static Object command(String name, CommandContext context) {
    return switch (name) {
      case "run" -> new RunCommand(context);
      case "boot" -> new BootCommand(context);
      case "diff" -> new DiffCommand(context);
      case "demo" -> new DemoCommand(context);
      case "replay" -> new ReplayCommand(context);
      case "tasks" -> new TasksCommand(context);
      case "trace" -> TraceCommand.all(context);
      case "test" -> new TestCommand(context);
      case "conform" -> new ConformCommand(context);
      case "track" -> new TrackCommand(context);
      case "ports" -> new PortsCommand(context);
      case "monitor" -> new MonitorCommand(context);
      case "calibrate" -> new CalibrateCommand(context);
      case "twin" -> new TwinCommand(context);
      case "inspect" -> new InspectCommand(context);
      case "layout" -> new LayoutCommand(context);
      case "stubs" -> new StubsCommand(context);
      case "new" -> new NewCommand(context);
      case "doctor" -> new DoctorCommand(context);
      case "man-pages" -> new ManPagesCommand(context);
      case "help" -> new HelpCommand(context);
      case "completion" -> new CompletionCommand(context);
      default -> throw new IllegalArgumentException("no command " + name);
    };
  }

  private static CommandLine finished(CommandLine root, CommandContext context) {
    describeExitCodes(root);
    for (CommandLine command : root.getSubcommands().values()) {
      describeExitCodes(command);
      command.getSubcommands().values().forEach(Commands::describeExitCodes);
    }
    return root.registerConverter(Path.class, new PathConverter())
        .setOut(new PrintWriter(context.out(), true, context.out().charset()))
        .setExecutionStrategy(parsed -> withOutput(execute(parsed), parsed, context))
        .setParameterExceptionHandler((e, words) -> usageError(e, words, context))
        .setExecutionExceptionHandler((e, command, parsed) -> {
          int exitCode = failure(e, parsed, context);
          tellPrograms(parsed.originalArgs(), exitCode, String.valueOf(e.getMessage()), context);
          return exitCode == ExitCode.INTERNAL.code()
                  && command.getCommand() instanceof ComparingCommand
              ? ComparingCommand.MALFUNCTION
              : exitCode;
        });
  }

  /** Runs the command that was named last; an {@link Error} of it is handled as exceptions are. */
  private static int execute(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (Error e) {
      CommandLine command = parsed.asCommandLineList().getLast();
      throw new ExecutionException(command, String.valueOf(e.getMessage()), e);
    }
  }

  /** What a print stream could not write, it says only when it is asked. */
  private static int withOutput(int exitCode, ParseResult parsed, CommandContext context) {
    if (!context.out().checkError()) {
      return exitCode;
    }
    context.messages().say(Tone.ERROR, "output cannot be written: is there room for it?");
    return malfunction(parsed);
  }

  private static int malfunction(ParseResult parsed) {
    boolean isComparing =
        parsed.hasSubcommand()
            && parsed.subcommand().commandSpec().userObject() instanceof ComparingCommand;
    return isComparing ? ComparingCommand.MALFUNCTION : ExitCode.INTERNAL.code();
  }

  private static void describeExitCodes(CommandLine command) {
    Map<String, String> exitCodes = CommandExits.of(command);
    command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    command.getCommandSpec().usageMessage().exitCodeList(exitCodes);
  }

  private static int usageError(ParameterException e, String[] words, CommandContext context) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String meant = Meant.by(e, all(context).getSubcommands());
    String problem = Meant.problem(e).replace('\n', ' ') + meant;
    String[] asking = (command.substring(NAME.length()) + " --help").strip().split(" ", -1);
    String help = Launcher.of(context.environment()).line(asking);
    String line = command + ": " + problem + " (help: " + help + ")";
    context.messages().show(Tone.ERROR, Printable.line(line, LONGEST_MESSAGE));
    tellPrograms(List.of(words), ExitCode.USAGE.code(), problem, context);
    return ExitCode.USAGE.code();
  }

  /** What was not even started has its JSON object too, if one is wished. */
  private static void tellPrograms(
      List<String> words, int exitCode, String reason, CommandContext context) {
    if (words.contains(JsonOption.NAME)) {
      String object = FailureSummary.line(exitCode, Printable.line(reason, LONGEST_MESSAGE));
      context.messages().show(Tone.PLAIN, object);
    }
  }

  private static int failure(Exception e, ParseResult parsed, CommandContext context) {
    return switch (e) {
      case UserError error -> {
        context
            .messages()
            .say(Tone.ERROR, Printable.line(String.valueOf(error.getMessage()), LONGEST_MESSAGE));
        yield error.exitCode().code();
      }
      case FullSystemUnsupportedException error -> {
        context.messages().say(Tone.ERROR, Printable.line(String.valueOf(error.getMessage())));
        yield ExitCode.USAGE.code();
      }
      case EngineLimitException error -> {
        context.messages().say(Tone.ERROR, String.valueOf(error.getMessage()));
        yield ExitCode.INTERNAL.code();
      }
      case SharedFileCutException error -> {
        context.messages().say(Tone.ERROR, Printable.line(String.valueOf(error.getMessage())));
        yield ExitCode.INTERNAL.code();
      }
      case UncheckedIOException error -> {
        context
            .messages()
            .say(Tone.ERROR, Printable.line("output cannot be written: " + error.getMessage()));
        yield ExitCode.INTERNAL.code();
      }
      default -> {
        new UnexpectedError(
                e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e)
            .tell(
                context.messages(),
                parsed.originalArgs().contains("--debug")
                    ? UnexpectedError.Detail.FULL
                    : UnexpectedError.Detail.IN_A_FILE);
        yield ExitCode.INTERNAL.code();
      }
    };
  }
}
