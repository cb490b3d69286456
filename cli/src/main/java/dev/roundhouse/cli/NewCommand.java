package dev.roundhouse.cli;

import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.project.Language;
import dev.roundhouse.cli.project.Project;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.process.Launcher;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code new}: makes a project. */
@Command(
    name = "new",
    header = "Make a project with programs of your own.",
    description = {
      "Makes a folder with two small programs, a Makefile and a copy of the SDK. It can be moved"
          + " anywhere; 'make run' in it builds and runs the programs.",
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse new c hello-train",
      "  roundhouse new rust hello-train"
    })
final class NewCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "LANGUAGE",
      completionCandidates = Languages.class,
      description = "c or rust.")
  private String language = "";

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description =
          "The folder to make, or an empty one, as '.'; its last part is the project's name: a-z,"
              + " 0-9, - and _.")
  private Path folder = Path.of("");

  /** Their words. */
  record Languages() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Language.values()).map(Language::word).iterator();
    }
  }

  NewCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    Language known = Language.of(language).orElse(null);
    if (known == null) {
      throw new UserError(
          ExitCode.USAGE, "new: there is no SDK for '" + language + "'; give c or rust");
    }
    Launcher launcher = Launcher.of(context.environment());
    Project project = new Project(known, folder, launcher.path());
    project.make();
    boolean isHere = folder.normalize().toString().isEmpty();
    String next = isHere ? "make run" : "cd " + inShell(folder.toString()) + " && make run";
    context
        .out()
        .println(Printable.line("Made " + (isHere ? project.name() : folder) + ". Next: " + next));
    context.out().flush();
    List<String> missing = known.missingPackages(context.environment().getOrDefault("PATH", ""));
    if (!missing.isEmpty()) {
      context
          .messages()
          .say(Tone.WARNING, "to build it, install the packages: " + String.join(" ", missing));
    }
    return ExitCode.FINISHED.code();
  }

  /** A folder whose name begins with a hyphen would be an option. */
  private static String inShell(String path) {
    return Launcher.quoted(path.startsWith("-") ? "./" + path : path);
  }
}
