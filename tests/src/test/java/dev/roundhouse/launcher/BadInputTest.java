package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input gets one clear line and its documented exit code, which the process ends with. */
class BadInputTest {
  @TempDir private Path folder;
  private String hello;

  @BeforeEach
  void writeProgram() throws IOException {
    hello = Roundhouse.image(folder, "hello");
  }

  @ParameterizedTest
  @CsvSource({
    "--timeout, soon, soon",
    "--timeout, -5s, -5s",
    "--timeout, 99999999999999999999s, 99999999999999999999s",
    "--wall-timeout, 3, 3",
    "--console, 6, UART",
    "--console, 9, UART",
    "--uart, 7=none, UART",
    "--uart, 3=telnet:1, telnet",
    "--uart, 3=tcp:70000, 70000",
    "--uart, 3=file:, file",
    "--uart, 2=none, --console",
    "--arg, NAME, NAME",
    "--arg, PROGRAM=x, PROGRAM",
    "--program, hello, hello",
    "--programs, /nonexistent, /nonexistent",
    "--seed, dice, dice",
    "--engine, /nonexistent.so, /nonexistent.so",
    "--no-such-option, x, --no-such-option"
  })
  void aBadOptionIsRefused(String option, String value, String named) throws Exception {
    new Roundhouse(folder, "run", hello, option, value).runHere().isRefusedWith(2, named);
  }

  @Test
  void anUnknownCommandIsRefused() throws Exception {
    new Roundhouse(folder, "rum", hello).run().isRefusedWith(2, "rum");
  }

  @Test
  void runWithoutAProgramIsRefused() throws Exception {
    new Roundhouse(folder, "run").runHere().isRefusedWith(2, "ENTRY.elf");
  }

  @Test
  void aFileThatIsNotThereIsRefused() throws Exception {
    new Roundhouse(folder, "run", "/nonexistent.elf")
        .runHere()
        .isRefusedWith(3, "/nonexistent.elf");
  }

  @Test
  void aFolderIsNoProgram() throws Exception {
    new Roundhouse(folder, "run", folder.toString()).runHere().isRefusedWith(3, folder.toString());
  }

  @Test
  void textIsNoProgram() throws Exception {
    Path text = Files.writeString(folder.resolve("text.elf"), "all aboard");
    new Roundhouse(folder, "run", text.toString()).runHere().isRefusedWith(3, "text.elf");
  }

  @Test
  void anEmptyFileIsNoProgram() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.elf"));
    new Roundhouse(folder, "run", empty.toString()).runHere().isRefusedWith(3, "empty.elf");
  }

  @Test
  void aTruncatedProgramIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(Path.of(hello));
    Path half = folder.resolve("half.elf");
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    Roundhouse.Result result =
        new Roundhouse(folder, "inspect", half.toString()).runHere().isTidy();
    assertThat(result.exitCode()).isIn(0, 3);
    Files.write(half, Arrays.copyOf(whole, 200));
    new Roundhouse(folder, "run", half.toString()).runHere().isRefusedWith(3, "half.elf");
  }

  @Test
  void aProgramForAnotherMachineIsRefused() throws Exception {
    byte[] elf = Files.readAllBytes(Path.of(hello));
    elf[18] = 62;
    Path other = Files.write(folder.resolve("x86.elf"), elf);
    new Roundhouse(folder, "run", other.toString()).runHere().isRefusedWith(3, "x86.elf");
  }

  @Test
  void aPortThatIsTakenIsRefused() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String target = "3=tcp:" + taken.getLocalPort();
      new Roundhouse(folder, "run", hello, "--uart", target)
          .runHere()
          .isRefusedWith(2, String.valueOf(taken.getLocalPort()));
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsRefused() throws Exception {
    new Roundhouse(folder, "run", hello, "--uart", "3=file:/nonexistent/log")
        .runHere()
        .isRefusedWith(2, "/nonexistent/log");
  }

  @Test
  void anUnknownProgramEndsTheRunWithTheNamesThatAreKnown() throws Exception {
    String unknown = Roundhouse.image(folder, "zoo_unknown_program");
    Roundhouse.Result result = new Roundhouse(folder, "run", unknown).runHere().isTidy();
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .contains("no_such_program")
        .contains("name_server, user_entry, zoo_unknown_program");
  }
}
