package dev.roundhouse.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.conformance.cases.ConformanceCase;
import dev.roundhouse.emulator.conformance.cases.ConformanceSuite;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case on the kernel model alone. */
class ConformanceOnTheModelTest {
  @TestFactory
  Stream<DynamicTest> trainsOs() {
    return cases(AbiProfile.trainsOs());
  }

  @TestFactory
  Stream<DynamicTest> course() {
    return cases(AbiProfile.course());
  }

  private static Stream<DynamicTest> cases(AbiProfile profile) {
    CaseRunner runner = CaseRunner.onModel(profile);
    return ConformanceSuite.of(profile, "").stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.name(), () -> assertThat(differences(runner, one)).isEmpty()));
  }

  private static String differences(CaseRunner runner, ConformanceCase one) {
    return runner.run(one).stream().map(Mismatch::text).collect(Collectors.joining("\n"));
  }
}
