package dev.roundhouse.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.JsonOption;
import dev.roundhouse.cli.project.Language;
import dev.roundhouse.devices.text.JsonText;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
          + " what to install for more speed and for projects of your own. Ends with 2 when no"
          + " library can be used."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final String LABEL = "          ";
  private static final String ENGINE = "engine";

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin private JsonOption json = new JsonOption();

  /** What is said, by its label. */
  private final Map<String, List<String>> rows = new LinkedHashMap<>();

  DoctorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    line("JDK", Runtime.version() + " in " + System.getProperty("java.home"));
    EngineRequest request = EngineRequest.of(Optional.empty(), context.environment());
    for (EngineFinding finding : EngineLibraries.survey(request)) {
      line(ENGINE, finding.text());
    }
    final ExitCode exitCode = choose(request);
    line("cache", request.cache().map(DoctorCommand::cache).orElse("none: HOME is not set"));
    line("terminal", terminals());
    line("pty", HostAbilities.pseudoTerminals());
    for (Language language : Language.values()) {
      line("new " + language.word(), tools(language));
    }
    tell(exitCode);
    return exitCode.code();
  }

  private String tools(Language language) {
    List<String> missing = language.missingPackages(context.environment().getOrDefault("PATH", ""));
    return missing.isEmpty()
        ? "all that builds need is there"
        : "to build such projects, install the packages: " + String.join(" ", missing);
  }

  private ExitCode choose(EngineRequest request) {
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
    rows.computeIfAbsent(label, _ -> new ArrayList<>()).add(value);
  }

  private void tell(ExitCode exitCode) {
    if (json.isWanted()) {
      context.out().println(asJson(exitCode));
    } else {
      rows.forEach((label, values) ->
          values.forEach(value ->
              context
                  .out()
                  .println(label + LABEL.substring(label.length()) + Printable.line(value))));
    }
    context.out().flush();
  }

  private String asJson(ExitCode exitCode) {
    JsonObject all = new JsonObject();
    rows.forEach((label, values) -> {
      if (label.equals(ENGINE)) {
        JsonArray engines = new JsonArray();
        values.forEach(engines::add);
        all.add(label, engines);
      } else {
        all.addProperty(label, values.getFirst());
      }
    });
    all.addProperty("exitCode", exitCode.code());
    return JsonText.shown(all.toString());
  }
}
