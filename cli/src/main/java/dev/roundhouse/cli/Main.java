package dev.roundhouse.cli;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Colours;
import dev.roundhouse.cli.console.UnexpectedError;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.lines.StreamOutput;
import dev.roundhouse.emulator.process.EndGuard;
import dev.roundhouse.emulator.process.Endings;
import dev.roundhouse.emulator.process.HostAbilities;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.Map;

/** The {@code roundhouse} command. */
public final class Main {
  private Main() {}

  /**
   * Runs the command line and ends the JVM with its exit code.
   *
   * @param args the words after {@code roundhouse}
   */
  public static void main(String[] args) {
    Endings endings = Endings.ofProcess();
    EndGuard.begin();
    int exitCode = run(endings, args);
    endings.endingWith(exitCode);
    System.exit(exitCode);
  }

  /**
   * Runs a command line with the process's own streams.
   *
   * @param args the words after {@code roundhouse}
   * @return its exit code
   */
  public static int run(String... args) {
    return run(Endings.ofPart(), args);
  }

  private static int run(Endings endings, String... args) {
    CommandContext context = processHost(endings);
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> endBecauseOf(e, context));
    return Commands.forWords(context, args).execute(args);
  }

  /** A thread has died that nobody asks for its outcome, such as one that reads input. */
  private static void endBecauseOf(Throwable e, CommandContext context) {
    new UnexpectedError(e).tell(context.messages(), UnexpectedError.Detail.IN_A_FILE);
    if (!isEnding()) {
      System.exit(ExitCode.INTERNAL.code());
    }
  }

  private static boolean isEnding() {
    try {
      Thread never = new Thread();
      Runtime.getRuntime().addShutdownHook(never);
      return !Runtime.getRuntime().removeShutdownHook(never);
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** The process's own streams, without the JVM's buffers and encodings between. */
  private static CommandContext processHost(Endings endings) {
    Map<String, String> environment = System.getenv();
    StreamOutput output = new StreamOutput(new FileOutputStream(FileDescriptor.out));
    StandardEnd.Streams standard =
        new StandardEnd.Streams(new FileInputStream(FileDescriptor.in), output, endings);
    Messages messages = new Messages(System.err, colours(environment));
    if (HostAbilities.Standard.OUTPUT.isTerminal() && HostAbilities.Standard.ERROR.isTerminal()) {
      messages.watchOpenLine(output::takeOpenLine);
    }
    return new CommandContext(standard, System.out, messages, environment);
  }

  /** Colours on a terminal, unless NO_COLOR is set to anything (no-color.org). */
  private static Colours colours(Map<String, String> environment) {
    boolean isUnwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return !isUnwanted && HostAbilities.Standard.ERROR.isTerminal() ? Colours.ON : Colours.OFF;
  }
}
