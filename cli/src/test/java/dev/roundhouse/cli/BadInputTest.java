package dev.roundhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.roundhouse.emulator.platform.PseudoTerminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {
  private static final String IMAGES = "/dev/roundhouse/firmware/";

  @TempDir Path folder;
  private String hello;

  @BeforeEach
  void copyAProgram() throws IOException {
    hello = copy("hello", "hello.elf").toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run | Missing required parameter: 'ENTRY.elf'",
        "fly | there is no command 'fly'",
        "'' | there is no command ''",
        "run --fly x.elf | Unknown option: '--fly'",
        "boot --guard code x.img | ; --guard is an option of run, test, for programs on the kernel model: start those with 'run'",
        "boot --guard=code x.img | ; --guard is an option of run, test, for programs",
        "replay --strict x.rec | ; --strict is an option of run",
        "run --timeout 5 x.elf | '5' is no duration: give a number and a unit",
        "run --timeout 1d x.elf | '1d' is no duration",
        "run --timeout -5s x.elf | '-5s' is no duration",
        "run --timeout 99999999999999999999s x.elf | is too long",
        "run --wall-timeout 300000000000000s x.elf | is too long",
        "run --console 6 x.elf | '6' is no UART: there are 0 to 5, sc0 and sc1",
        "run --uart 3 x.elf | '3' is not of the form NAME=VALUE",
        "run --uart 7=pty x.elf | '7' is no UART",
        "run --uart 3=fly x.elf | 'fly' is none of none, file:PATH, tcp:PORT, pty, track:LAYOUT and serial:PORT",
        "run --uart 3=tcp:70000 x.elf | '70000' is no TCP port",
        "run --uart 3=track: x.elf | track: needs a layout, as in track:a",
        "run --train 24 x.elf | '24' is not of the form 24@C13",
        "run --train x@C13 x.elf | 'x@C13' does not begin with a number",
        "run --turnout 5=X x.elf | '5=X': a turnout is S, straight, or C, curved",
        "run --uart 3=serial: x.elf | serial: needs a port, as in serial:/dev/ttyUSB0",
        "run --serial-cts maybe x.elf | 'maybe' is neither require nor ignore",
        "run --serial-speed-cap 15 x.elf | '15': a speed level is 0 to 14",
        "run --can-speed-cap 1001 x.elf | '1001': a speed is 0 to 1000",
        "run --can-rate 0/s x.elf | '0': a rate is frames a second, as in 50/s",
        "run --can-baud 300 x.elf | '300': a rate is 9600 to 4000000 baud",
        "run --can socketcan:../x x.elf | socketcan: needs an interface, as in socketcan:can0",
        "run --can serial: x.elf | serial: needs a port",
        "run --serial-rate 0/s x.elf | '0': a rate is bytes a second, as in 50/s",
        "track | Missing required parameter: 'LAYOUT'",
        "track a --tcp x | 'x' is no TCP port",
        "track a --tcp 1:2:3:70000 | '1:2:3:70000' is no TCP port",
        "monitor --uart 3 | '3' is not of the form NAME=VALUE",
        "ports x | Unmatched argument at index 1: 'x'",
        "run --arg KEY x.elf | 'KEY' is not of the form NAME=VALUE",
        "run --program =x x.elf | '=x' is not of the form NAME=VALUE",
        "run --seed x x.elf | 'x' is not a long",
        "boot | Missing required parameter: 'KERNEL'",
        "boot --ram 5G x.img | '5G' is no amount of RAM: give 1M to 4G",
        "boot --uncached-ns 0 x.img | '0' is no time of an instruction: give 1 to 1000",
        "boot --uncached-ns 1001 x.img | '1001' is no time of an instruction: give 1 to 1000",
        "boot --uncached-ns fast x.img | 'fast' is no time of an instruction",
        "boot --ram 4 x.img | '4' is no amount of RAM",
        "boot --console sc2 x.img | 'sc2' is no UART: there are 0 to 5, sc0 and sc1",
        "new c | Missing required parameter: 'NAME'",
        "layout --struct X | Missing required parameter: 'FILE.elf'",
        "layout x.elf | Missing required option: '--struct=NAME'",
        "inspect | Missing required parameter: 'FILE.elf'",
        "replay | Missing required parameter: 'FILE'",
        "completion x | Unmatched argument at index 1: 'x'",
      })
  void aWrongCommandLineIsOneLineAndExitCodeTwo(String words, String expected) {
    Invocation invocation = Invocation.of(words.isEmpty() ? new String[] {""} : words.split(" "));
    assertOneLine(invocation, 2, expected);
    assertThat(invocation.err()).contains("--help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "track a | track needs --tcp PORT, --udp or --pty, or several",
        "run ../firmware-images/src/main/resources/dev/roundhouse/firmware/hello.elf --can track:a | --can track:a: Track A has a 6051, at a serial line",
        "run ../firmware-images/src/main/resources/dev/roundhouse/firmware/hello.elf --uart 3=track:c | --uart 3=track:c: Track C has a CS3, on CAN",
        "run ../firmware-images/src/main/resources/dev/roundhouse/firmware/hello.elf --can tcp:3 | 'tcp:3' is none of none, track:LAYOUT, serial:PORT and socketcan:INTERFACE",
        "track a --udp | --udp: Track A has a 6051, which is not on CAN",
        "track c --lossy --tcp 0 | --lossy: Track C has a CS3",
        "track c --udp ::: | ':::': no such address on this host",
        "track c --tcp 0 --box cs4.json | cs4.json",
        "track a --train 24@X99 --tcp 0 | Track A has no sensor X99",
        "track a --tcp 0 --monitor . | --monitor .: cannot be written",
        "monitor | monitor needs a recording, --uart N=TARGET or --can TARGET",
        "monitor x.rec --uart 3=pty | monitor needs a recording, --uart N=TARGET or --can TARGET",
        "monitor --can track:a | --can track:a: Track A has a 6051, at a serial line",
        "monitor --can track:c --uart 3=track:a | monitor needs a recording, --uart N=TARGET or --can TARGET",
        "monitor --can serial:/nowhere | --can serial:/nowhere: no such port: is it plugged in?",
        "monitor --can socketcan:nowhere0 | --can socketcan:nowhere0: ",
        "monitor --uart 3=serial:/nowhere | --uart 3=serial:/nowhere: no such port: is it plugged in?",
      })
  void aTrainSetThatCannotBeIsOneLineAndExitCodeTwo(String words, String expected) {
    assertOneLine(Invocation.of(words.split(" ")), 2, expected);
  }

  @Test
  void serialOptionsNeedASerialPort() {
    Invocation invocation = Invocation.of("run", hello, "--serial-dry-run");
    assertOneLine(invocation, 2, "--serial-... options need a serial port");
    invocation = Invocation.of("run", hello, "--can-dry-run");
    assertOneLine(invocation, 2, "--can-... options need a real bus");
  }

  @Test
  void aMapNeedsATerminalAndATrack() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String[] track = {"run", hello, "--uart", "3=track:a", "--map"};
    assertOneLine(Invocation.of(with(track, file.toString())), 2, "file: it is no terminal");
    assertOneLine(Invocation.of(with(track, "/missing")), 2, "--map /missing: it cannot be opened");
    try (PseudoTerminal terminal = PseudoTerminal.open()) {
      assertOneLine(
          Invocation.of("run", hello, "--map", terminal.path()), 2, "--map need a simulated track");
    } catch (IOException none) {
      abort("this host has no pseudo-terminals: " + none.getMessage());
    }
  }

  private static String[] with(String[] words, String last) {
    String[] all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = last;
    return all;
  }

  @Test
  void aKernelThatCannotBeBootedIsOneLineAndExitCodeThree() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.img"));
    assertOneLine(Invocation.of("boot", empty.toString()), 3, "is empty");
    assertOneLine(Invocation.of("boot", folder.toString()), 3, "is a folder");
    Path missing = folder.resolve("missing.img");
    assertOneLine(Invocation.of("boot", missing.toString()), 3, "cannot be read");
    Path large = Files.write(folder.resolve("large.img"), new byte[2 << 20]);
    assertOneLine(
        Invocation.of(System.getenv(), "boot", "--ram", "2M", large.toString()),
        3,
        "does not fit into RAM");
  }

  @Test
  void noCommandAtAllIsOneLine() {
    assertOneLine(Invocation.of(), 2, "Missing required subcommand");
  }

  @Test
  void aMissingFileIsOneLine() {
    String missing = folder.resolve("missing.elf").toString();
    assertOneLine(Invocation.of("run", missing), 3, missing + ": cannot be read (no such file");
    assertOneLine(Invocation.of("run", hello, missing), 3, missing + ": cannot be read");
    assertOneLine(Invocation.of("inspect", missing), 3, missing + ": cannot be read");
  }

  @Test
  void aFileThatIsNoProgramIsOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.elf"), "not a program\n");
    assertOneLine(Invocation.of("run", text.toString()), 3, text + ": this is not an ELF file");
    assertOneLine(Invocation.of("run", hello, text.toString()), 3, "this is not an ELF file");
  }

  @Test
  void aFolderInPlaceOfAFileIsOneLine() {
    assertOneLine(Invocation.of("run", folder.toString()), 3, "is a folder");
    assertOneLine(Invocation.of("run", hello, "--programs", hello), 2, "--programs " + hello);
  }

  @Test
  void aFileThatIsNoRecordingIsOneLine() {
    String missing = folder.resolve("missing").toString();
    assertOneLine(Invocation.of("replay", missing), 3, missing + ": cannot be read (no such file");
    assertOneLine(Invocation.of("replay", hello), 3, hello + ": this is no recording; give");
    assertOneLine(Invocation.of("replay", folder.toString()), 3, ": is a folder; give");
  }

  @Test
  void aPlaceWhereNoRecordingCanBeIsOneLine() {
    Invocation invocation = Invocation.of(System.getenv(), "run", hello, "--record", "/dev/null/x");
    assumeFalse(
        invocation.err().contains("no engine library can be used"), "no engine library installed");
    assertOneLine(invocation, 2, "--record /dev/null/x: cannot be written (");
  }

  @Test
  void twoFilesOfOneNameAreOneLine() throws IOException {
    Files.createDirectory(folder.resolve("other"));
    Path other = copy("srr_echo", "other/hello.elf");
    assertOneLine(
        Invocation.of("run", hello, other.toString()), 2, "two files for program hello: ");
  }

  @Test
  void theEntrysProgramCannotBeAnArgument() {
    assertOneLine(Invocation.of("run", hello, "--arg", "PROGRAM=x"), 2, "--arg PROGRAM=");
  }

  @Test
  void aTrackThatCannotBeIsOneLine() {
    String[] track = {"run", hello, "--uart", "3=track:a", "--train", "24@Z9"};
    Invocation invocation = Invocation.of(System.getenv(), track);
    assumeFalse(
        invocation.err().contains("no engine library can be used"), "no engine library installed");
    assertOneLine(invocation, 2, "Track A has no sensor Z9");
  }

  @Test
  void aPlantThatCannotBeIsOneLine() throws IOException {
    assertOneLine(Invocation.of("run", hello, "--plant", "pump"), 2, "there is only motor");
    String missing = "motor:" + folder.resolve("no.json");
    assertOneLine(Invocation.of("run", hello, "--plant", missing), 2, "cannot be read (");
    String aFolder = "motor:" + folder;
    assertOneLine(Invocation.of("boot", hello, "--plant", aFolder), 2, "--plant " + aFolder);
    Path file = Files.writeString(folder.resolve("m.json"), "{\"pwmPin\": 99}");
    assertOneLine(
        Invocation.of("run", hello, "--plant", "motor:" + file), 2, "\"pwmPin\" must be 0 to 57");
  }

  @Test
  void sharedMemoryThatCannotBeIsOneLine() throws IOException {
    Path page = Files.write(folder.resolve("page"), new byte[4096]);
    Path odd = Files.write(folder.resolve("odd"), new byte[4095]);
    assertShareRefused(page.toString(), "is not of the form page@0x7E000000");
    assertShareRefused(page + "@0x7E000001", "is no address that is a multiple of 4096");
    assertShareRefused(page + "@nowhere", "'nowhere' is no address");
    assertShareRefused(page + "@0x50000000", "there is no free RAM");
    assertShareRefused(page + "@0x7FFFF000000", "is no address");
    assertShareRefused(odd + "@0x7E000000", "its size is not a multiple of 4096");
    assertShareRefused(folder + "@0x7E000000", "no such file");
    assertShareRefused(folder.resolve("none") + "@0x7E000000", "no such file");
    assertOneLine(
        Invocation.of(
            "run",
            hello,
            "--shared-memory",
            page + "@0x7E000000",
            "--record",
            folder.resolve("r").toString()),
        2,
        "--record: a run with --shared-memory cannot be recorded");
  }

  private void assertShareRefused(String wish, String expected) {
    assertOneLine(Invocation.of("run", hello, "--shared-memory", wish), 2, expected);
  }

  @Test
  void linesThatExcludeEachOtherAreOneLine() {
    assertOneLine(Invocation.of("run", hello, "--uart", "2=pty"), 2, "that UART is the console");
    assertOneLine(
        Invocation.of("run", hello, "--uart", "sc1=none", "--uart", "sc1=none"),
        2,
        "--uart sc1: given twice");
  }

  @Test
  void anEngineThatIsNotThereOrNoneIsOneLine() {
    String missing = folder + "/no.so";
    String expected = "no engine library can be used: ";
    assertOneLine(Invocation.of("run", hello, "--engine", missing), 2, expected + missing);
    assertOneLine(Invocation.of("run", hello, "--engine", hello), 2, expected + hello);
    Map<String, String> environment = Map.of("ROUNDHOUSE_ENGINE", missing);
    assertOneLine(Invocation.of(environment, "run", hello), 2, expected + missing);
  }

  @Test
  void aPortInUseIsOneLine() throws IOException {
    Map<String, String> environment = System.getenv();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String line = "3=tcp:" + taken.getLocalPort();
      Invocation invocation = Invocation.of(environment, "run", hello, "--uart", line);
      assumeFalse(
          invocation.err().contains("no engine library can be used"),
          "no engine library installed");
      assertOneLine(invocation, 2, "--uart " + line + ": cannot listen there (");
    }
  }

  private static void assertOneLine(Invocation invocation, int exitCode, String expected) {
    assertThat(invocation.err()).contains(expected).startsWith("roundhouse").endsWith("\n");
    assertThat(invocation.err().lines()).hasSize(1);
    assertThat(invocation.exitCode()).isEqualTo(exitCode);
    assertThat(invocation.out()).isEmpty();
  }

  private Path copy(String program, String name) throws IOException {
    try (var in = BadInputTest.class.getResourceAsStream(IMAGES + program + ".elf")) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }
}
