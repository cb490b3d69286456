package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.system.Images;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherCommandsTest {
  @TempDir private Path folder;

  @Test
  void theDemoDrivesTrainsAndTellsHowWellTheyCameToTheirGoals() throws Exception {
    Roundhouse.Result demo = new Roundhouse(folder, "demo").run().isTidy();
    assertThat(demo.exitCode()).isZero();
    assertThat(demo.out())
        .contains("train 24 stands at D5+0 mm", "train 58 stands at B16+0 mm", "predicted")
        .contains("sent to  off by, estimated  really")
        .doesNotContain("\u001b");
    assertThat(demo.err()).doesNotContain("warning");
    assertThat(
            demo.out()
                .lines()
                .filter(line -> line.matches(".* s +\\d+ +\\w+ +\\d+ mm +[1-4]?\\d mm")))
        .hasSize(6);
  }

  @Test
  void aDemoThatThereIsNotIsRefusedInOneLine() throws Exception {
    Roundhouse.Result demo = new Roundhouse(folder, "demo", "ships").runHere().isTidy();
    assertThat(demo.exitCode()).isEqualTo(2);
    assertThat(demo.err()).contains("'ships': there are the shows trains and tasks");
  }

  @Test
  void theDemoOfTasksPrintsTheSameShowEachTime() throws Exception {
    Roundhouse.Result demo = new Roundhouse(folder, "demo", "tasks").runHere().isTidy();
    assertThat(demo.out()).isEqualTo(Images.text("/dev/roundhouse/system/outputs/demo.txt"));
    assertThat(demo.exitCode()).isZero();
  }

  @Test
  void aRebootIsSaidInOneLineEach() throws Exception {
    Roundhouse.Result boot =
        new Roundhouse(folder, "boot", "kernels/check_reboot.elf", "--timeout", "250ms").runHere();
    assertThat(boot.out()).isEqualTo("boot 0 in this memory\n".repeat(3));
    assertThat(boot.err().lines().filter(line -> line.contains("rebooted by the watchdog at 0.")))
        .hasSize(2);
  }

  @Test
  void inspectShowsEntryAndSegments() throws Exception {
    Roundhouse.Result result =
        new Roundhouse(folder, "inspect", Roundhouse.image(folder, "hello")).runHere().isTidy();
    assertThat(result.out()).contains("hello.elf", "entry", "segment");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void inspectSaysWhyAFileWouldBeRefused() throws IOException, InterruptedException {
    Path text = Files.writeString(folder.resolve("text.elf"), "mind the gap");
    Roundhouse.Result result =
        new Roundhouse(folder, "inspect", text.toString()).runHere().isTidy();
    assertThat(result.out() + result.err()).contains("text.elf").containsIgnoringCase("elf file");
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void doctorNamesJdkAndEngine() throws Exception {
    Roundhouse.Result result = new Roundhouse(folder, "doctor").run().isTidy();
    assertThat(result.out()).contains("25").containsIgnoringCase("unicorn");
    assertThat(result.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "demo", "inspect", "doctor", "replay", "new", "completion"})
  void everyCommandHasHelp(String command) throws Exception {
    Roundhouse.Result result = new Roundhouse(folder, command, "--help").runHere().isTidy();
    assertThat(result.out()).contains("Usage: roundhouse " + command);
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void helpListsTheExitCodes() throws Exception {
    Roundhouse.Result result = new Roundhouse(folder, "run", "--help").runHere().isTidy();
    assertThat(result.out()).containsPattern("5 +deadlock").containsPattern("42 ");
  }

  @Test
  void theLauncherTellsItsVersion() throws Exception {
    Roundhouse.Result result = new Roundhouse(folder, "--version").run().isTidy();
    assertThat(result.out()).startsWith("roundhouse ").contains("JVM ");
  }

  @Test
  void completionIsAScriptThatTheShellCanRead() throws Exception {
    Roundhouse.Result result = new Roundhouse(folder, "completion").runHere().isTidy();
    Path script = folder.resolve("completion.bash");
    Files.writeString(script, result.out(), StandardCharsets.ISO_8859_1);
    Process bash = new ProcessBuilder("bash", "-n", script.toString()).start();
    assertThat(bash.waitFor()).isZero();
    assertThat(result.out()).contains("--wall-timeout");
  }
}
