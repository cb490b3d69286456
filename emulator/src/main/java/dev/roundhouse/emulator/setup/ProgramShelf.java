package dev.roundhouse.emulator.setup;

import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.FileKind;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.file.UserFile;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ElfProblem;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.loader.RelocationPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gathers the programs of a run: those that the user names, those in a folder, and bundled ones. A
 * file that the user names must be loadable; one that just lies in a folder need not be.
 */
public final class ProgramShelf {
  /** The program that becomes tid 1. */
  public static final String ENTRY = "user_entry";

  /** The program that becomes tid 2. */
  public static final String NAME_SERVER = "name_server";

  /** How the names of programs' files end. */
  public static final String SUFFIX = ".elf";

  private static final List<String> SERVERS =
      List.of(NAME_SERVER, "clock_server", "clock_notifier");
  private static final String BUNDLED = "/dev/roundhouse/firmware/";

  private final RelocationPolicy relocations;
  private final Map<String, Path> named = new LinkedHashMap<>();
  private final Map<String, ParseResult> programs = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();

  /** An empty shelf. */
  public ProgramShelf(RelocationPolicy relocations) {
    this.relocations = relocations;
  }

  /** Adds the entry, which is known, and called in reports, by its file's name too. */
  public void addEntry(Path file) throws UserError {
    add(file);
    if (isNew(ENTRY, file)) {
      programs.put(ENTRY, accepted(nameOf(file)));
    }
  }

  private ParseResult accepted(String name) {
    return Optional.ofNullable(programs.get(name)).orElseThrow();
  }

  /** Adds the entry from memory, which is known by a name of its own too. */
  public void addEntry(String name, byte[] elf) throws UserError {
    add(name, elf);
    programs.put(ENTRY, accepted(name));
  }

  /** Adds a program by its file's name, without {@code .elf}. */
  public void add(Path file) throws UserError {
    add(nameOf(file), file);
  }

  /** Adds a program by a name of the user's choice. */
  public void add(String name, Path file) throws UserError {
    if (!isNew(name, file)) {
      return;
    }
    switch (parse(name, file)) {
      case ParseResult.Refused(ElfProblem problem) ->
          throw new UserError(ExitCode.PROGRAM, file + ": " + problem.text());
      case ParseResult.Accepted accepted -> {
        programs.put(name, accepted);
        warn(file, accepted);
      }
    }
  }

  /** Notes that a name is of a file; whether it was not so before. */
  private boolean isNew(String name, Path file) throws UserError {
    Path earlier = named.putIfAbsent(name, file);
    if (earlier != null && !earlier.equals(file)) {
      throw new UserError(
          ExitCode.USAGE,
          "two files for program "
              + name
              + ": "
              + earlier
              + " and "
              + file
              + "; give one, or another name by --program NAME=FILE");
    }
    return earlier == null;
  }

  /** Adds a program that is in memory, in the place of any other of that name. */
  public void add(String name, byte[] elf) throws UserError {
    switch (ElfImage.parse(name, elf, relocations)) {
      case ParseResult.Refused(ElfProblem problem) ->
          throw new UserError(ExitCode.PROGRAM, "program " + name + ": " + problem.text());
      case ParseResult.Accepted accepted -> programs.put(name, accepted);
    }
  }

  /** Adds all {@code *.elf} of a folder, except those whose names are taken. */
  public void addFolder(Path folder) throws UserError {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          "--programs "
              + folder
              + ": cannot be read ("
              + HostErrors.reason(e)
              + "); give a folder with *.elf files"
              + UserFile.alike(folder, name -> Files.isDirectory(folder.resolveSibling(name))),
          e);
    }
    files.sort(null);
    for (Path file : files) {
      if (!programs.containsKey(nameOf(file))) {
        programs.put(nameOf(file), parse(nameOf(file), file));
      }
    }
  }

  /** Adds a program of ours, unless the user brought one of that name. */
  public void addBundled(String name) {
    addBundledAs(name, name);
  }

  /** Adds the servers that every system may use, except those that the user brought. */
  public void addServers() {
    SERVERS.forEach(this::addBundled);
  }

  /** Adds a program of ours under another name. */
  public void addBundledAs(String name, String image) {
    if (programs.containsKey(name)) {
      return;
    }
    try (InputStream in = ProgramShelf.class.getResourceAsStream(BUNDLED + image + SUFFIX)) {
      if (in == null) {
        throw new IllegalStateException("the bundled program " + image + " is missing");
      }
      programs.put(name, ElfImage.parse(image, in.readAllBytes(), relocations));
    } catch (IOException e) {
      throw new IllegalStateException("the bundled program " + image + " cannot be read", e);
    }
  }

  /** What there is to say about the files that the user named, a line each. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** All programs. */
  public ProgramCatalog catalog() {
    return new ProgramCatalog(programs);
  }

  private ParseResult parse(String name, Path file) throws UserError {
    return ElfImage.parse(name, read(file), relocations);
  }

  private void warn(Path file, ParseResult.Accepted accepted) {
    for (ElfProblem problem : accepted.warnings()) {
      String line = file + ": " + problem.text();
      if (!warnings.contains(line)) {
        warnings.add(line);
      }
    }
  }

  /**
   * Reads a file that should be a program.
   *
   * @throws UserError when it is no regular file, cannot be read, or is far too large for one
   */
  public static byte[] read(Path file) throws UserError {
    return UserFile.of(file, FileKind.PROGRAM).bytes();
  }

  /**
   * What to tell a user whose programs want one that was not given, when it lies beside the entry.
   *
   * @param name as a guest has it: any text
   */
  public static Optional<String> advice(Path entry, String name) {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      return Optional.empty();
    }
    Path file = entry.resolveSibling(name + SUFFIX);
    Path folder = Optional.ofNullable(entry.getParent()).orElse(Path.of("."));
    return Files.isRegularFile(file)
        ? Optional.of(
            file + " is there but was not given; give it, or all of " + folder + " by --programs")
        : Optional.empty();
  }

  /** By what name a file's program is known: the file's, without {@code .elf}. */
  public static String nameOf(Path file) {
    Path last = file.getFileName();
    String name = last == null ? file.toString() : last.toString();
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }
}
