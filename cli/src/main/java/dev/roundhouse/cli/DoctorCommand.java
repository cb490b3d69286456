package dev.roundhouse.cli;

import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.engine.EngineFinding;
import dev.roundhouse.emulator.engine.EngineLibraries;
import dev.roundhouse.emulator.engine.EngineRequest;
import dev.roundhouse.emulator.engine.EngineSource;
import dev.roundhouse.emulator.engine.NoEngineException;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.process.HostAbilities;
import dev.roundhouse.emulator.process.HostAbilities.Standard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}: says what of this host is used. */
@Command(
    name = "doctor",
    header = "Show the JDK, the engine libraries and what this host offers.",
    description = {
      "Tries and measures every engine library that is found, and says which one runs use and"
          + " what to install for more speed. Ends with 2 when no library can be used."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final String LABEL = "          ";

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  DoctorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    line("JDK", Runtime.version() + " in " + System.getProperty("java.home"));
    EngineRequest request = EngineRequest.of(Optional.empty(), context.environment());
    for (EngineFinding finding : EngineLibraries.survey(request)) {
      line("engine", finding.text());
    }
    final ExitCode exitCode = tellChoice(request);
    line("cache", request.cache().map(DoctorCommand::cache).orElse("none: HOME is not set"));
    line("terminal", terminals());
    line("pty", HostAbilities.pseudoTerminals());
    context.out().flush();
    return exitCode.code();
  }

  private ExitCode tellChoice(EngineRequest request) {
    try {
      EngineChoice choice = EngineLibraries.choose(request);
      line("used", choice.finding().file().toString());
      if (choice.finding().source() == EngineSource.EMBEDDED) {
        line("advice", "run build/install-engine, or install Unicorn 2.1, for a faster engine");
      }
      return ExitCode.FINISHED;
    } catch (NoEngineException e) {
      line("used", String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    }
  }

  private static String cache(Path folder) {
    return folder + (Files.isWritable(folder) ? "" : " (not there yet, or not writable)");
  }

  private static String terminals() {
    StringBuilder text = new StringBuilder();
    for (Standard stream : Standard.values()) {
      text.append(stream.isTerminal() ? "" : "no ")
          .append(stream.name().toLowerCase(java.util.Locale.ROOT))
          .append(stream == Standard.ERROR ? "" : ", ");
    }
    return text.toString();
  }

  private void line(String label, String value) {
    context.out().println(label + LABEL.substring(label.length()) + Printable.line(value));
  }
}
