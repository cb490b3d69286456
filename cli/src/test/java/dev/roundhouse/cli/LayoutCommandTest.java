package dev.roundhouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.lines.StreamOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutCommandTest {
  private static final String FILES =
      "../emulator/src/test/resources/dev/roundhouse/emulator/debuginfo/";
  private static final String IN_C = FILES + "c.elf";
  private static final String IN_RUST = FILES + "rust.elf";

  @TempDir Path folder;

  @Test
  void aLayoutIsATableWithPaddingAndCacheLines() {
    Invocation invocation = Invocation.of("layout", IN_C, "--struct", "Padded");
    assertThat(invocation.exitCode()).isZero();
    assertThat(invocation.err()).isEmpty();
    assertThat(invocation.out())
        .isEqualTo(
            """
            %s: Padded, 152 bytes, aligned to 8
              offset    size  member
                   0       1  c: char
                   1       7  (padding)
                   8       8  wide: uint64_t
                  16       2  s: uint16_t
                  18       1  low: unsigned int, 3 bits from bit 0 on
                  18       1  high: unsigned int, 5 bits from bit 3 on
                  19       5  (padding)
                  24       8  p: pointer
                  32      48  grid: int[3][4]
              -- cache line 1, from 64 on --
                  80      64  more: double[8]
              -- cache line 2, from 128 on --
                 144       4  u: (unnamed)
                 144       4    u.i: int
                 144       4    u.f: float
                 148       4  (padding)
            """
                .formatted(IN_C));
  }

  @Test
  void escapesInAFilesNamesDoNotReachTheTerminal() {
    String file = "src/test/resources/dev/roundhouse/cli/files/escape.elf";
    Invocation invocation = Invocation.of("layout", file, "--struct", "S");
    assertThat(invocation.out())
        .endsWith(
            """
              offset    size  member
                   0       4  m\\x1b[2J\\r\\nfoo: i\\x1b[31mnt\\n
            """);
  }

  @Test
  void aProgramInCAndOneInRustAgree() {
    Invocation invocation =
        Invocation.of("layout", IN_C, IN_RUST, "--struct", "shared::trains::TrainReport");
    assertThat(invocation.exitCode()).isZero();
    assertThat(invocation.out()).endsWith("\nthe same layout\n");
  }

  @Test
  void theFirstMemberThatDiffersIsNamed() {
    Invocation invocation =
        Invocation.of("layout", IN_C, IN_RUST, "--struct", "trains::other::TrainReport");
    assertThat(invocation.exitCode()).isEqualTo(1);
    assertThat(invocation.out())
        .endsWith("\ndifferent: member 2 is speed in one and name in the other\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c.elf | report | 2 | has no struct report; did you mean TrainReport?",
        "c.elf | Nowhere | 2 | has no struct Nowhere; it has 8, for example Node",
        "c.elf | TrianReport | 2 | has no struct TrianReport; did you mean TrainReport?",
        "c.elf | a::b::Trainreport | 2 | did you mean TrainReport?",
        "c.elf | '' | 2 | --struct has no name",
        "c.elf | a:: | 2 | --struct has no name",
        "c-zstd.elf | Node | 3 | compressed with zstd, which is not read; run 'objcopy",
        "c-split.elf | Node | 3 | in .dwo files, which are not read; build it without -gsplit-dwarf",
        "c-lines-only.elf | Node | 3 | without structures; build it with -g",
        ". | Node | 3 | is a folder; give an ELF file",
        "rust.elf | TrainReport | 2 | has 2 different structs TrainReport: ",
        "shared.c | X | 3 | is no 64-bit little-endian ELF file",
        "missing.elf | X | 3 | missing.elf",
      })
  void whatCannotBeShownIsOneLine(String file, String struct, int exitCode, String expected) {
    Invocation invocation = Invocation.of("layout", FILES + file, "--struct", struct);
    assertThat(invocation.exitCode()).isEqualTo(exitCode);
    assertThat(invocation.err()).containsOnlyOnce("\n").contains(expected);
    assertThat(invocation.out()).isEmpty();
  }

  @Test
  void threeFilesAreTooMany() {
    Invocation invocation = Invocation.of("layout", IN_C, IN_C, IN_RUST, "--struct", "Node");
    assertThat(invocation.exitCode()).isEqualTo(2);
    assertThat(invocation.err())
        .isEqualTo("roundhouse: layout: 3 files are too many; give one or two\n");
  }

  @Test
  void oneIsTheExitCodeOfADifferenceAlone() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream broken =
        new PrintStream(OutputStream.nullOutputStream()) {
          @Override
          public void println(String line) {
            throw new IllegalStateException("by the test");
          }
        };
    CommandContext host =
        new CommandContext(
            new StandardEnd.Streams(
                InputStream.nullInputStream(), new StreamOutput(OutputStream.nullOutputStream())),
            broken,
            new Messages(new PrintStream(err, true, UTF_8), Messages.Colours.OFF),
            Map.of("TMPDIR", folder.toString()));
    String[] words = {"layout", "--debug", IN_C, "--struct", "Node"};
    assertThat(Commands.forWords(host, words).execute(words)).isEqualTo(70);
    assertThat(err.toString(UTF_8)).contains("by the test");
    assertThat(Invocation.of("layout", "--help").out())
        .contains("1    two programs do not agree on the structure", "70   internal error");
  }

  @Test
  void aFileWithoutDebugInformationIsOneLine() throws IOException {
    Path file = folder.resolve("hello.elf");
    try (var in = getClass().getResourceAsStream("/dev/roundhouse/firmware/hello.elf")) {
      Files.write(file, in.readAllBytes());
    }
    Invocation invocation = Invocation.of("layout", file.toString(), "--struct", "X");
    assertThat(invocation.exitCode()).isEqualTo(3);
    assertThat(invocation.err())
        .containsOnlyOnce("\n")
        .contains("has no debug information; build it with -g");
  }
}
