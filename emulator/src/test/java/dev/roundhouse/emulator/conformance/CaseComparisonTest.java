package dev.roundhouse.emulator.conformance;

import static dev.roundhouse.emulator.conformance.cases.Expectation.EXITED;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;
import static dev.roundhouse.emulator.conformance.cases.StepReader.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.conformance.cases.ConformanceCase;
import dev.roundhouse.emulator.conformance.cases.Expectation;
import dev.roundhouse.emulator.conformance.cases.Source;
import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A wrong expectation, in each of its parts, is found and told. */
class CaseComparisonTest {
  private static final Expectation RIGHT =
      order("1 1 3 1 1 3").task(1, "3; 2 'hi..' from 3; 2", EXITED).task(3, "2 'ok'", EXITED);

  private static List<Mismatch> differences(Expectation expected) {
    AbiProfile profile = AbiProfile.trainsOs();
    ConformanceCase one =
        new ConformanceCase(
            "send/here",
            "A child sends to its parent.",
            List.of(new Source("a file", "a function")),
            ScriptedSystem.of(
                script("user_entry", "create 1 child; recv 4; reply sender 'ok'"),
                script("child", "send 1 'hi' 2")),
            new TreeMap<>(Map.of(profile.name(), expected)));
    return CaseRunner.onModel(profile).run(one);
  }

  private static List<String> whatDiffers(Expectation expected) {
    return differences(expected).stream().map(Mismatch::what).toList();
  }

  @Test
  void nothingDiffersWhenAllIsRight() {
    assertThat(differences(RIGHT)).isEmpty();
    assertThat(differences(RIGHT.task(1, "3; 2 '*' from 3; *", EXITED))).isEmpty();
  }

  @Test
  void aWrongOrderIsFound() {
    Expectation wrong =
        order("1 1 3 1 3 1").task(1, "3; 2 'hi..' from 3; 2", EXITED).task(3, "2 'ok'", EXITED);
    assertThat(differences(wrong))
        .containsExactly(new Mismatch("on the model: order", "1 1 3 1 3 1", "1 1 3 1 1 3"));
  }

  @Test
  void aWrongResultIsFound() {
    assertThat(whatDiffers(RIGHT.task(3, "-1 'ok'", EXITED)))
        .containsExactly("on the model: results of task 3");
    assertThat(whatDiffers(RIGHT.task(3, "2 'ok'; 0", EXITED)))
        .containsExactly("on the model: results of task 3");
    assertThat(whatDiffers(RIGHT.task(3, "", EXITED)))
        .containsExactly("on the model: results of task 3");
  }

  @Test
  void aWrongEndStateIsFound() {
    assertThat(whatDiffers(RIGHT.task(3, "2 'ok'", "receive-blocked")))
        .containsExactly("on the model: end of task 3");
  }

  @Test
  void aTaskTooManyOrTooFewIsFound() {
    assertThat(whatDiffers(RIGHT.task(4, "", EXITED))).containsExactly("on the model: task 4");
    assertThat(whatDiffers(order("1 1 3 1 1 3").task(1, "3; 2 'hi..' from 3; 2", EXITED)))
        .containsExactly("on the model: task 3");
  }

  @Test
  void aWrongEndIsFound() {
    assertThat(whatDiffers(RIGHT.ends(EndKind.DEADLOCK, "")))
        .containsExactly("on the model: end of the run");
    assertThat(whatDiffers(RIGHT.ends(EndKind.FINISHED, "nonsense")))
        .containsExactly("on the model: report of the end");
  }

  @Test
  void aReportThatDoesNotComeIsFound() {
    assertThat(whatDiffers(RIGHT.reports("3 MESSAGE_CUT_SHORT")))
        .containsExactly("on the model: broken rules");
  }

  @Test
  void outputThatDoesNotComeIsFound() {
    assertThat(whatDiffers(RIGHT.prints("x"))).containsExactly("on the model: output");
  }

  @Test
  void aDifferenceTellsBothInThreeLines() {
    assertThat(new Mismatch("order", "1 2", "").text())
        .isEqualTo("order\n  expected: 1 2\n  seen:     (nothing)");
  }

  @Test
  void aLongDifferenceIsCutToWhatDiffers() {
    Mismatch difference = new Mismatch("x", "a".repeat(5_000) + "b", "a".repeat(5_000) + "c");
    assertThat(difference.text()).hasSizeLessThan(1_000).contains("ab\n").endsWith("ac");
  }
}
