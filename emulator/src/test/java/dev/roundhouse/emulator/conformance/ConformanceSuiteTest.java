package dev.roundhouse.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.conformance.cases.ConformanceCase;
import dev.roundhouse.emulator.conformance.cases.ConformanceSuite;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.CallOutcome;
import dev.roundhouse.kernel.abi.SyscallKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the suite as a whole; the cases themselves: ConformanceOnTheModelTest. */
class ConformanceSuiteTest {
  private static final List<ConformanceCase> ALL = ConformanceSuite.all();

  @Test
  void hasAtLeast150CasesWithDifferentNames() {
    assertThat(ALL).hasSizeGreaterThanOrEqualTo(150);
    assertThat(ALL).extracting(ConformanceCase::name).doesNotHaveDuplicates();
  }

  @Test
  void everyNameIsAGroupAndWordsWithHyphens() {
    assertThat(ALL)
        .extracting(ConformanceCase::name)
        .allMatch(name -> name.matches("[a-z]+/[a-z0-9]+(-[a-z0-9]+)*"));
  }

  @Test
  void everyGroupHasCases() {
    assertThat(ALL)
        .extracting(ConformanceCase::group)
        .containsAll(ConformanceSuite.headings().keySet());
  }

  @Test
  void everyCaseIsASentenceWithASource() {
    assertThat(ALL)
        .extracting(ConformanceCase::says)
        .allMatch(says -> says.matches("(\\p{Upper}|\\d|[a-z_]+1?).*\\."));
    assertThat(ALL).noneMatch(one -> one.sources().isEmpty());
  }

  @Test
  void everyCaseInWhichTheKernelsDifferSpeaksOfTheCourse() {
    assertThat(ALL)
        .filteredOn(ConformanceCase::differsBetweenProfiles)
        .extracting(ConformanceCase::says)
        .isNotEmpty()
        .allMatch(says -> says.contains("course"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"trainsos", "course"})
  void everyOutcomeOfEverySystemCallIsShownByACase(String kernel) {
    Coverage coverage = Coverage.of(AbiProfile.named(kernel).orElseThrow());
    assertThat(coverage.missing()).isEmpty();
    assertThat(coverage.table()).contains("send").doesNotContain("MISSING");
  }

  @Test
  void everySystemCallHasOutcomes() {
    assertThat(CallOutcome.values()).extracting(CallOutcome::call).contains(SyscallKind.values());
  }

  @Test
  void anOutcomeThatNoCaseShowsIsMissing() {
    Coverage none =
        new Coverage(AbiProfile.trainsOs(), Map.of(CallOutcome.SEND_NO_TASK, List.of()));
    assertThat(none.missing()).containsExactly(CallOutcome.SEND_NO_TASK);
    assertThat(none.table()).contains("MISSING");
  }
}
