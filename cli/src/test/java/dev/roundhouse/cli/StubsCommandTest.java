package dev.roundhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.emulator.file.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StubsCommandTest {
  private static final Path GCC = Path.of("/usr/bin/aarch64-linux-gnu-gcc");
  private static final Path SOURCES =
      Path.of("src", "test", "resources", "dev", "roundhouse", "cli", "stubs");
  private static final Path SDK = Path.of("..", "firmware-images", "sdk", "c", "syscalls.S");

  @TempDir private static Path folder;

  @BeforeAll
  static void theCompilerIsThere() {
    assumeTrue(Files.isExecutable(GCC), "gcc-aarch64-linux-gnu is not installed");
  }

  private static String linked(String name, String... words) throws Exception {
    String file = folder.resolve(name + ".elf").toString();
    List<String> line =
        new ArrayList<>(
            List.of(
                GCC.toString(),
                "-O2",
                "-w",
                "-nostdlib",
                "-static",
                "-ffreestanding",
                "-Wl,-e,0",
                "-Wl,--build-id=none",
                "-o",
                file));
    line.addAll(Arrays.asList(words));
    Process gcc = new ProcessBuilder(line).inheritIO().start();
    assertThat(gcc.waitFor()).isZero();
    return file;
  }

  private static String sel4(String defect) throws Exception {
    String c = SOURCES.resolve("sel4.c").toString();
    return linked(defect, "-D" + defect, c, SOURCES.resolve("sel4.S").toString());
  }

  @Test
  void stubsInTheShapesOfSel4AreAsItsAbiSays() throws Exception {
    Invocation check = Invocation.of("stubs", "check", "--abi", "sel4", sel4("GOOD"));
    assertThat(check.exitCode()).isZero();
    assertThat(check.out()).contains("7 stubs are as sel4 says, 0 different");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WRONG_IMMEDIATE | sel4_yield: svc #1, not svc #0 (sel4_yield+0x4
          OPERAND_ORDER   | not the call's number, -7 (sel4_yield+0x8
          MISSING_OUTPUTS | sel4_send_inlined: at the svc of the second of two equal calls x0 is
          NOMEM           | sel4_recv_inlined: memory that the kernel wrote is not read again
          KEEPS_NOT       | sel4_yield: x19 is not what the caller had there, at the return (sel4_yield+0x0
          SWAPPED         | sel4_recv: *mr1 is not the result mr1 (sel4_recv+0x
          LOOPS           | sel4_nbsend: loops: 100,000 instructions, and does not come to an svc
          EVERYWHERE      | where nothing is, and does not come to an svc (sel4_nbsend+0x0
          STACK           | sel4_nbsend: writes to its caller's stack, sp+16 (sel4_nbsend+0x0
          NO_SVC          | sel4_nbsend: returns without an svc (sel4_nbsend+0x0
          """)
  void aDefectIsToldWithItsInstruction(String defect, String told) throws Exception {
    Invocation check = Invocation.of("stubs", "check", "--abi", "sel4", sel4(defect));
    assertThat(check.exitCode()).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(check.out()).contains(told);
  }

  @Test
  void anInlinedCallIsWrongWhereTheKernelGoesOnAtX30() throws Exception {
    String file = linked("inlined", SOURCES.resolve("inlined.c").toString());
    Invocation check = Invocation.of("stubs", "check", "--abi", "trainsos", file);
    assertThat(check.exitCode()).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(check.out())
        .contains("ke_send: sp is -32 at the return; the svc is inlined")
        .contains("yields: the svc is inlined, and this kernel goes on at x30")
        .doesNotContain("ke_my_tid:");
  }

  @Test
  void inspectWarnsOfAnInlinedCall() throws Exception {
    String file =
        linked("program", "-fPIE", "-static-pie", SOURCES.resolve("inlined.c").toString());
    assertThat(Invocation.of("inspect", file).out()).contains("inlined svc (yields+0x");
  }

  @Test
  void allStubsOfTheSdkAreAsTrainsOsWants() throws Exception {
    String sdk = linked("sdk", SDK.toString());
    Invocation check = Invocation.of("stubs", "check", "--abi", "trainsos", "--json", sdk, sdk);
    assertThat(check.exitCode()).isZero();
    assertThat(check.out())
        .contains("{\"call\":\"send\",\"function\":\"ke_send\"}")
        .doesNotContain("difference")
        .endsWith("\"onlyOne\":[],\"exitCode\":0}\n");
  }

  @Test
  void ofTwoFilesItIsToldWhatOnlyOneHas() throws Exception {
    String sdk = linked("sdk", SDK.toString());
    Invocation check = Invocation.of("stubs", "check", "--abi", "trainsos", sdk, "hello.elf");
    assertThat(check.exitCode()).isZero();
    assertThat(check.out()).contains("only " + sdk + " has stubs for await_event, create, exit");
  }

  @Test
  void whatHasNoStubsIsSaidInOneLine() throws Exception {
    Path text = Files.writeString(folder.resolve("text.elf"), "not a program");
    String object = linked("object", "-c", SDK.toString());
    String stripped = linked("stripped", "-s", SDK.toString());
    assertWrong(text.toString(), ExitCode.PROGRAM, "is no ELF file");
    assertWrong(object, ExitCode.PROGRAM, "is an object file; link it");
    assertWrong(stripped, ExitCode.PROGRAM, "has no symbols to find stubs by");
    assertWrong(sel4("GOOD"), ExitCode.PROGRAM, "has no function that is named as a call");
    assertWrong(folder.resolve("none").toString(), ExitCode.PROGRAM, "none");
  }

  private static void assertWrong(String file, ExitCode code, String told) throws IOException {
    Invocation check = Invocation.of("stubs", "check", "--abi", "trainsos", file);
    assertThat(check.err()).contains(told).hasLineCount(1);
    assertThat(check.exitCode()).isEqualTo(code.code());
  }
}
