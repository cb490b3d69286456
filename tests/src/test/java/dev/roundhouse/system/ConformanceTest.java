package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.conformance.BehaviourDocument;
import dev.roundhouse.emulator.conformance.CaseRunner;
import dev.roundhouse.emulator.conformance.Mismatch;
import dev.roundhouse.emulator.conformance.cases.ConformanceSuite;
import dev.roundhouse.emulator.unicorn.UnicornLibrary;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every case of the conformance suite, on the kernel model and through the engine. */
class ConformanceTest {
  private static final Path PAGE = Path.of("../docs/kernel-behaviour.md");

  @TestFactory
  Stream<DynamicTest> trainsOs() {
    return cases(AbiProfile.trainsOs());
  }

  @TestFactory
  Stream<DynamicTest> course() {
    return cases(AbiProfile.course());
  }

  private static Stream<DynamicTest> cases(AbiProfile profile) {
    UnicornLibrary engine = TestEngine.INSTALLED.library();
    CaseRunner runner = CaseRunner.onBoth(profile, engine);
    return ConformanceSuite.of(profile, "").stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.name(),
                () ->
                    assertThat(
                            runner.run(one).stream()
                                .map(Mismatch::text)
                                .collect(Collectors.joining("\n")))
                        .isEmpty()));
  }

  @Test
  void thePageOnTheKernelsBehaviourIsMadeOfTheCases() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("%s; renew it: ./roundhouse conform --document > docs/kernel-behaviour.md", PAGE)
        .isEqualTo(BehaviourDocument.text());
  }
}
