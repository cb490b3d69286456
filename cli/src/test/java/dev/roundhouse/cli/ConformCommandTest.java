package dev.roundhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.file.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformCommandTest {
  @Test
  void listsTheCasesOfAGroup() {
    Invocation invocation = Invocation.of("conform", "--list", "--only", "truncate/");
    assertThat(invocation.exitCode()).isZero();
    assertThat(invocation.out().lines())
        .hasSizeGreaterThan(5)
        .allMatch(l -> l.startsWith("truncate/"));
  }

  @Test
  void listsOnlyCasesOfTheProfile() {
    assertThat(Invocation.of("conform", "--list", "--profile", "course").out())
        .contains("stranded/a-queued-sender");
  }

  @Test
  void showsTheCoverageOfEachProfile() {
    for (String profile : new String[] {"trainsos", "course"}) {
      Invocation invocation = Invocation.of("conform", "--coverage", "--profile", profile);
      assertThat(invocation.exitCode()).isZero();
      assertThat(invocation.out())
          .contains("quadrature_encoder_get")
          .endsWith("each shown by a case\n");
    }
  }

  @Test
  void printsThePageOnTheKernelsBehaviour() {
    assertThat(Invocation.of("conform", "--document").out())
        .startsWith("# How the kernel behaves")
        .contains("`send/receiver-first`", "k_send_handler, 9d49562");
  }

  @Test
  void refusesAnUnknownProfile() {
    assertThat(Invocation.of("conform", "--profile", "linux"))
        .satisfies(invocation -> {
          assertThat(invocation.exitCode()).isEqualTo(ExitCode.USAGE.code());
          assertThat(invocation.err()).contains("there are trainsos and course");
        });
  }

  @Test
  void refusesAFilterThatFitsNothing() {
    Invocation invocation = Invocation.of("conform", "--only", "nonsense");
    assertThat(invocation.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(invocation.err()).contains("--only nonsense", "conform --list");
  }

  @Test
  void refusesAReportOfAnotherKindBeforeAnythingRuns(@TempDir Path folder) {
    Invocation invocation =
        Invocation.of("conform", "--report", folder.resolve("report.txt").toString());
    assertThat(invocation.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(invocation.err()).contains(".xml, .tap, .json");
    assertThat(invocation.out()).isEmpty();
  }

  @Test
  void takesOneOfListCoverageAndDocument() {
    assertThat(Invocation.of("conform", "--list", "--coverage").exitCode())
        .isEqualTo(ExitCode.USAGE.code());
  }
}
