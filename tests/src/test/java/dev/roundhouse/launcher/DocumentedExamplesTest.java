package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.system.Images;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents show is what happens. In a block of kind {@code console} each line behind
 * {@code $} is run, in one folder with the bundled programs, and the lines below must be what it
 * prints; {@code ...} stands for anything. In other blocks each line that starts with {@code
 * ./roundhouse} must end with 0, unless it names files of the reader's.
 */
class DocumentedExamplesTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern COMMENT = Pattern.compile("\\s+# .*");
  private static final Pattern READERS_FILES = Pattern.compile("\\.\\.\\.|[A-Z]{3,}|user_entry");

  /** Commands that neither read nor write in the reader's folder. */
  private static final Pattern WITHOUT_FILES =
      Pattern.compile("\\./roundhouse ((?:conform|demo|doctor|ports)(?: [\\w -]+)?)");

  private static final String README = "README.md";
  private static final String PROMPT = "$ ";
  private static final String MARK = "@@@";
  private static final int MOST_SECONDS = 60;

  @TempDir private Path folder;

  /** A block of a document. */
  record Block(String document, String kind, String text) {
    @Override
    public String toString() {
      return document + ": " + text.lines().findFirst().orElse("");
    }
  }

  static Stream<Block> sessions() throws IOException {
    return blocks().stream().filter(block -> block.kind().equals("console"));
  }

  static Stream<String> commands() throws IOException {
    return blocks().stream()
        .filter(block -> !block.kind().equals("console"))
        .flatMap(block -> block.text().lines())
        .map(line -> COMMENT.matcher(line.strip()).replaceFirst(""))
        .filter(line -> line.startsWith("./roundhouse "))
        .filter(line -> !READERS_FILES.matcher(line).find())
        .distinct();
  }

  private static List<Block> blocks() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(root().resolve(README)));
    try (Stream<Path> files = Files.list(root().resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    List<Block> blocks = new ArrayList<>();
    for (Path document : documents) {
      Matcher matcher = BLOCK.matcher(Files.readString(document));
      while (matcher.find()) {
        String name = String.valueOf(document.getFileName());
        blocks.add(new Block(name, matcher.group(1), matcher.group(2)));
      }
    }
    return blocks;
  }

  /** Where the documents are: tests run in their module's folder. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("docs")) ? here : here.getParent();
  }

  @Test
  void theFirstScreenOfTheReadmeHasExamples() throws IOException {
    assertThat(commands()).contains("./roundhouse demo");
    assertThat(sessions()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandOfTheDocumentsRuns(String command) throws Exception {
    Matcher withoutFiles = WITHOUT_FILES.matcher(command);
    if (withoutFiles.matches()) {
      String[] words = withoutFiles.group(1).split(" ");
      assertThat(new Roundhouse(folder, words).runHere().exitCode()).isZero();
      return;
    }
    prepare();
    assertThat(bash(command + "\necho " + MARK + " $?")).endsWith(MARK + " 0\n");
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void aSessionOfTheDocumentsPrintsWhatItShows(Block session) throws Exception {
    prepare();
    if (session.document().equals(README)) {
      removePrograms();
    }
    StringBuilder script = new StringBuilder();
    List<StringBuilder> shown = new ArrayList<>();
    for (String line : session.text().lines().toList()) {
      if (line.startsWith(PROMPT)) {
        script.append(line.substring(PROMPT.length()));
        script.append("\nstatus=$?; echo; echo ").append(MARK).append("; (exit $status)\n");
        shown.add(new StringBuilder());
      } else {
        shown.getLast().append(line).append('\n');
      }
    }
    List<String> printed = splitAtMarks(bash(script.toString()));
    assertThat(printed).hasSameSizeAs(shown);
    for (int i = 0; i < shown.size(); i++) {
      assertThat(printed.get(i).strip()).matches(asPattern(shown.get(i).toString().strip()));
    }
  }

  private static List<String> splitAtMarks(String output) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int mark = output.indexOf(MARK); mark >= 0; mark = output.indexOf(MARK, from)) {
      parts.add(output.substring(from, mark));
      from = mark + MARK.length();
    }
    return parts;
  }

  private static Pattern asPattern(String shown) {
    StringBuilder pattern = new StringBuilder();
    int from = 0;
    for (int dots = shown.indexOf("..."); dots >= 0; dots = shown.indexOf("...", from)) {
      pattern.append(Pattern.quote(shown.substring(from, dots))).append(".*");
      from = dots + 3;
    }
    return Pattern.compile(pattern + Pattern.quote(shown.substring(from)), Pattern.DOTALL);
  }

  /** The reader's folder: the bundled programs, some kernels, the scenarios and the launcher. */
  private void prepare() throws IOException {
    Path scenarios = Files.createDirectory(folder.resolve("scenarios"));
    try (Stream<Path> files = Files.list(root().resolve("scenarios"))) {
      for (Path file : files.toList()) {
        Files.copy(file, scenarios.resolve(file.getFileName()));
      }
    }
    for (String program : Roundhouse.bundledPrograms()) {
      Roundhouse.image(folder, program);
    }
    Path kernels = Files.createDirectories(folder.resolve("kernels"));
    for (String kernel : List.of("mini.elf", "messages.elf", "messages_last_first.elf")) {
      Files.write(
          kernels.resolve(kernel), Images.resource("/dev/roundhouse/firmware/kernels/" + kernel));
    }
    Path launcher = folder.resolve("roundhouse");
    Files.writeString(launcher, "#!/bin/sh\nexec " + Roundhouse.shellCommand() + " \"$@\"\n");
    launcher.toFile().setExecutable(true);
  }

  /** As in a fresh clone, where the README's reader is. */
  private void removePrograms() throws IOException {
    for (String program : Roundhouse.bundledPrograms()) {
      Files.delete(folder.resolve(program + ".elf"));
    }
  }

  private String bash(String script) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process bash =
        new ProcessBuilder("bash", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    bash.getOutputStream().close();
    assertThat(bash.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).as(script).isTrue();
    return Files.readString(output, StandardCharsets.ISO_8859_1).replace("\r", "");
  }
}
