package dev.roundhouse.cli.project;

import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.process.HostErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A project that is about to be made. Its files are those that the language's list of templates
 * names; in each of them the marks {@code @NAME@}, {@code @PROGRAM@} and {@code @ROUNDHOUSE@} are
 * filled in.
 *
 * @param language what it is written in
 * @param folder where it will be; its last part is its name
 * @param launcher the command that its Makefile runs programs with
 */
public record Project(Language language, Path folder, String launcher) {
  private static final String RESOURCES = "/dev/roundhouse/project/";
  private static final int LONGEST_NAME = 64;

  /** The project's other program, programs that every system may need, and libraries. */
  private static final Set<String> TAKEN =
      Set.of(
          "echo",
          "user_entry",
          "name_server",
          "clock_server",
          "clock_notifier",
          "trainsos",
          "core",
          "alloc",
          "std",
          "test",
          "proc_macro");

  /**
   * Writes the project's files.
   *
   * @throws UserError when the name is no name for a program, the folder is in use, or a file
   *     cannot be written
   */
  public void make() throws UserError {
    checkName();
    checkFolder();
    Map<String, String> marks = new LinkedHashMap<>();
    marks.put("@NAME@", name());
    marks.put("@PROGRAM@", program());
    marks.put("@ROUNDHOUSE@", inMakefile(launcher));
    for (String row : list()) {
      int bar = row.indexOf('|');
      String file = filled(row.substring(0, bar).strip(), marks);
      write(folder.resolve(file), filled(resource(row.substring(bar + 1).strip()), marks));
    }
  }

  /** The project's name, that of its folder; empty if no folder was given. */
  public String name() {
    if (folder.toString().isEmpty()) {
      return "";
    }
    Path last = folder.toAbsolutePath().normalize().getFileName();
    return last == null ? "" : last.toString();
  }

  /** The name of its first program: a hyphen is no letter of a name in Rust. */
  public String program() {
    return name().replace('-', '_');
  }

  private void checkName() throws UserError {
    String name = name();
    boolean isGood = !name.isEmpty() && name.length() <= LONGEST_NAME && isLetter(name.charAt(0));
    for (int i = 0; isGood && i < name.length(); i++) {
      char c = name.charAt(i);
      isGood = isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
    if (isGood && TAKEN.contains(program())) {
      throw new UserError(
          ExitCode.USAGE,
          "new: '"
              + name
              + "' is the name of another program or library of the project; give another name");
    }
    if (!isGood) {
      throw new UserError(
          ExitCode.USAGE,
          "new: '"
              + name
              + "' is no name for a project; give 1 to "
              + LONGEST_NAME
              + " of a-z, 0-9, - and _, a letter first");
    }
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private void checkFolder() throws UserError {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      requireNoWayBack();
      return;
    }
    if (Files.isRegularFile(folder)) {
      throw new UserError(
          ExitCode.USAGE, "new: " + folder + " is there and no folder; give another name");
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      if (!files.iterator().hasNext()) {
        return;
      }
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          "new: " + folder + " cannot be used (" + HostErrors.reason(e) + "); give another name",
          e);
    }
    throw new UserError(
        ExitCode.USAGE, "new: " + folder + " is there and not empty; give another name");
  }

  /** Where there is no {@code a}, {@code a/..} would become the folder around it, in use or not. */
  private void requireNoWayBack() throws UserError {
    boolean isBehindName = false;
    for (Path part : folder) {
      boolean isUp = part.toString().equals("..");
      if (isUp && isBehindName) {
        throw new UserError(
            ExitCode.USAGE, "new: " + folder + " leads back by '..'; give the path without that");
      }
      isBehindName |= !isUp;
    }
  }

  private List<String> list() {
    List<String> rows = new ArrayList<>();
    for (String row : resource("templates/" + language.word() + "/files.txt").lines().toList()) {
      if (!row.isBlank() && !row.startsWith("#")) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static String resource(String path) {
    try (InputStream in = Project.class.getResourceAsStream(RESOURCES + path)) {
      if (in == null) {
        throw new IllegalStateException("the template " + path + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the template " + path + " cannot be read", e);
    }
  }

  private static String filled(String text, Map<String, String> marks) {
    String result = text;
    for (Map.Entry<String, String> mark : marks.entrySet()) {
      result = result.replace(mark.getKey(), mark.getValue());
    }
    return result;
  }

  /** A path as make understands it (GNU make manual, 4.3.1 and 6.1). */
  private static String inMakefile(String path) {
    return path.replace("$", "$$").replace("#", "\\#");
  }

  private static void write(Path file, String text) throws UserError {
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.INTERNAL,
          "new: "
              + file
              + " cannot be written ("
              + HostErrors.reason(e)
              + "); make room there or give another folder",
          e);
    }
  }
}
