package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.CommandInThisProcess;
import dev.roundhouse.system.Images;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The command in a process of its own: the launcher that system property {@code
 * roundhouse.launcher} names, else the classes under test with the launcher's options.
 */
final class Roundhouse {
  private static final long MOST_SECONDS = 60;
  private static final Pattern PROGRAM = Pattern.compile("\"file\": \"(\\w+)\\.elf\"");
  private static final String LAUNCHER = "roundhouse.launcher";
  private static final Path GUARD = Path.of("..", "build", "guard.sh");
  private static final String GUARDED =
      ". \"$1\"; start_guard; java=$2; shift 2; exec \"$java\" $guarded_jvm \"$@\" 98<&-";

  private final Path folder;
  private final List<String> words = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private String typed = "";
  private ProcessBuilder.Redirect input = ProcessBuilder.Redirect.PIPE;
  private ProcessBuilder.Redirect output;
  private boolean isGuarded;
  private String limit = "";

  /** What a process left behind; {@code out} has a character for each byte. */
  record Result(int exitCode, String out, String err) {
    List<String> errLines() {
      return err.lines().toList();
    }

    /** Fails unless it ended with {@code code} after one line on stderr and nothing on stdout. */
    void isRefusedWith(int code, String... words) {
      assertThat(errLines()).as("stderr").hasSize(1);
      assertThat(err).contains(words);
      assertThat(out).isEmpty();
      assertThat(exitCode).isEqualTo(code);
    }

    /** Fails if a stack trace shows. */
    Result isTidy() {
      assertThat(err).doesNotContain("\tat ", "Exception", "internal error");
      return this;
    }
  }

  /** A process whose files, streams included, are in {@code folder}. */
  Roundhouse(Path folder, String... words) {
    this.folder = folder;
    this.words.addAll(List.of(words));
  }

  /** Writes a bundled program's image, for the command line. */
  static String image(Path folder, String program) throws IOException {
    Path file = folder.resolve(program + ".elf");
    Files.write(file, Images.bundled(program));
    return file.toString();
  }

  Roundhouse env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Roundhouse input(String text) throws IOException {
    typed = text;
    Path file = folder.resolve("stdin");
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    input = ProcessBuilder.Redirect.from(file.toFile());
    return this;
  }

  /** Reads from a device, such as a terminal, and writes to it. */
  Roundhouse on(File device) {
    input = ProcessBuilder.Redirect.from(device);
    output = ProcessBuilder.Redirect.to(device);
    return this;
  }

  /** Has the launcher's guard beside it, as build/guard.sh sets it up, and runs in its folder. */
  Roundhouse guarded() {
    isGuarded = true;
    return this;
  }

  /** Has only so much address space. */
  Roundhouse within(long kibibytes) {
    limit = "ulimit -v " + kibibytes + "; ";
    return guarded();
  }

  /** Leaves stdout to whoever reads the process's output. */
  Roundhouse outputToPipe() {
    output = ProcessBuilder.Redirect.PIPE;
    return this;
  }

  Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().putAll(environment);
    if (isGuarded) {
      builder.directory(folder.toFile());
    }
    builder.redirectInput(input);
    builder.redirectOutput(output == null ? ProcessBuilder.Redirect.to(file("stdout")) : output);
    builder.redirectError(file("stderr"));
    return builder.start();
  }

  /** Runs to the end; standard input is what was given, otherwise a pipe that is closed at once. */
  Result run() throws IOException, InterruptedException {
    Process process = start();
    try (OutputStream toProcess = process.getOutputStream()) {
      toProcess.flush();
    }
    return await(process);
  }

  /**
   * The same without a process, which takes a hundred times as long to start as most commands take:
   * for all that does not depend on signals, streams of the system's and the environment.
   */
  Result runHere() throws IOException, InterruptedException {
    if (System.getProperty(LAUNCHER) != null) {
      return run();
    }
    CommandInThisProcess.Outcome outcome = CommandInThisProcess.run(words, typed);
    String out =
        new String(outcome.out().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return new Result(outcome.exitCode(), out, outcome.err());
  }

  Result await(Process process) throws IOException, InterruptedException {
    boolean hasEnded = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    if (!hasEnded) {
      process.destroyForcibly().waitFor();
    }
    assertThat(hasEnded)
        .as("ends within %d s: %s; %s", MOST_SECONDS, words, read("stderr"))
        .isTrue();
    return new Result(process.exitValue(), read("stdout"), read("stderr"));
  }

  /** What has come out by now. */
  String read(String stream) throws IOException {
    Path file = folder.resolve(stream);
    return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
  }

  private File file(String stream) {
    return folder.resolve(stream).toFile();
  }

  /** The programs whose images are bundled. */
  static List<String> bundledPrograms() {
    return PROGRAM.matcher(Images.catalog()).results().map(found -> found.group(1)).toList();
  }

  /** What starts the command, for a shell. */
  static String shellCommand() {
    return launcher().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
  }

  private List<String> command() {
    List<String> command = launcher();
    command.addAll(words);
    String guard = GUARD.toAbsolutePath().toString();
    if (isGuarded && System.getProperty(LAUNCHER) == null) {
      command.addAll(0, List.of("bash", "-c", limit + GUARDED, "roundhouse", guard));
    } else if (!limit.isEmpty()) {
      command.addAll(0, List.of("bash", "-c", limit + "exec \"$@\"", "roundhouse"));
    }
    return command;
  }

  private static List<String> launcher() {
    List<String> command = new ArrayList<>();
    String launcher = System.getProperty(LAUNCHER);
    if (launcher != null) {
      command.add(launcher);
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xlog:disable"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add("dev.roundhouse.cli.Main");
    }
    return command;
  }
}
