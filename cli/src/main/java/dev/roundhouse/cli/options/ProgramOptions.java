package dev.roundhouse.cli.options;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.converter.ProfileConverter;
import dev.roundhouse.devices.text.SimilarNames;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserPath;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.setup.BundledFile;
import dev.roundhouse.emulator.setup.BundledSystem;
import dev.roundhouse.emulator.setup.ProgramShelf;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.RelocationPolicy;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Strictness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The programs for the kernel model: the options that run and diff share. */
public final class ProgramOptions {
  private static final String PROGRAM_KEY = "PROGRAM";

  @Parameters(
      index = "0",
      paramLabel = "ENTRY.elf",
      completionCandidates = Values.Programs.class,
      description = "The program of task 1: a file, or a bundled program if there is none.")
  private Path entry = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "MORE.elf",
      completionCandidates = Values.Programs.class,
      description = "Further programs.")
  private List<Path> more = new ArrayList<>();

  @Option(
      names = "--program",
      paramLabel = "NAME=FILE",
      converter = Assignment.Converter.class,
      description = "A further program by another name than its file's.")
  private List<Assignment> programs = new ArrayList<>();

  @Option(
      names = "--programs",
      paramLabel = "DIR",
      description = "All *.elf in this folder are further programs.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--arg",
      paramLabel = "KEY=VALUE",
      converter = Assignment.Converter.class,
      description = "An argument for the entry; may be repeated.")
  private List<Assignment> arguments = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "trainsos",
      converter = ProfileConverter.class,
      completionCandidates = Values.Profiles.class,
      description =
          "The kernel to model: trainsos, or course for the specification of CS 452 (default:"
              + " ${DEFAULT-VALUE}).")
  private AbiProfile profile = AbiProfile.trainsOs();

  @Option(
      names = "--lenient",
      description = "Skip relocations that the kernel does not apply, as the real loader does.")
  private boolean isLenient;

  /** What runs on the model; warnings about it are said. */
  public Guest.Programs guest(Messages messages, Strictness strictness) throws UserError {
    ProgramShelf shelf =
        new ProgramShelf(
            isLenient ? RelocationPolicy.SKIP_UNKNOWN : RelocationPolicy.REFUSE_UNKNOWN);
    fill(shelf, messages);
    shelf.warnings().forEach(line -> messages.say(Messages.Tone.WARNING, line));
    return new Guest.Programs(profile, shelf.catalog(), entryArguments(), strictness);
  }

  /** What to tell a user of a run that ended so, as far as it is about the programs given. */
  public Optional<String> advice(RunEnd end) {
    return end instanceof RunEnd.ByModel(EndOfRun why)
            && why instanceof EndOfRun.UnknownProgram unknown
        ? ProgramShelf.advice(entry, unknown.name())
        : Optional.empty();
  }

  private void fill(ProgramShelf shelf, Messages messages) throws UserError {
    boolean isEntryOurs = isOurs(entry, messages);
    if (isEntryOurs) {
      shelf.addEntry(ProgramShelf.nameOf(entry), new BundledFile(entry).content());
    } else {
      shelf.addEntry(entry);
    }
    for (Path file : more) {
      if (isOurs(file, messages)) {
        shelf.addBundled(ProgramShelf.nameOf(file));
      } else {
        shelf.add(file);
      }
    }
    for (Assignment program : programs) {
      shelf.add(program.name(), UserPath.of(program.value()));
    }
    for (Path folder : folders) {
      shelf.addFolder(folder);
    }
    shelf.addServers();
    if (isEntryOurs) {
      BundledSystem.allPrograms().forEach(shelf::addBundled);
    }
  }

  private static boolean isOurs(Path file, Messages messages) throws UserError {
    Optional<BundledFile> ours = BundledFile.inPlaceOf(file);
    if (ours.isEmpty()) {
      requireNoBundledOneMeant(file);
    }
    ours.ifPresent(bundled -> messages.say(Messages.Tone.ASIDE, bundled.notice()));
    return ours.isPresent();
  }

  private static void requireNoBundledOneMeant(Path file) throws UserError {
    if (file.getNameCount() > 1 || Files.exists(file)) {
      return;
    }
    List<String> names =
        BundledSystem.allPrograms().stream().map(name -> name + ProgramShelf.SUFFIX).toList();
    String meant = SimilarNames.hint(file.toString(), names);
    if (!meant.isEmpty()) {
      throw new UserError(
          ExitCode.PROGRAM, file + ": there is no such file, nor a bundled program" + meant);
    }
  }

  private List<KernelConfig.Argument> entryArguments() throws UserError {
    List<KernelConfig.Argument> pairs = new ArrayList<>();
    for (Assignment argument : arguments) {
      if (argument.name().equals(PROGRAM_KEY)) {
        throw new UserError(
            ExitCode.USAGE, "--arg PROGRAM=...: the entry's program is the file ENTRY.elf");
      }
      pairs.add(new KernelConfig.Argument(argument.name(), argument.value()));
    }
    return pairs;
  }
}
