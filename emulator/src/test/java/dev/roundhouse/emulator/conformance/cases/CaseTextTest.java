package dev.roundhouse.emulator.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Step;
import dev.roundhouse.emulator.conformance.script.TaskRef;
import org.junit.jupiter.api.Test;

/** How cases are written. */
class CaseTextTest {
  @Test
  void whatIsRepeatedIsWrittenOut() {
    assertThat(CaseText.writtenOut("1 {4..6: 3 #} 7", " ")).isEqualTo("1 3 4 3 5 3 6 7");
    assertThat(CaseText.writtenOut("{2..3: recv #}; exit", "; ")).isEqualTo("recv 2; recv 3; exit");
    assertThat(CaseText.writtenOut("'{3*ab}'", "; ")).isEqualTo("'ababab'");
  }

  @Test
  void aStepIsACallAndItsArguments() {
    assertThat(StepReader.script("a", "send child1 'x y\\0' 4; recv @outside:0x10 2M").steps())
        .containsExactly(
            new Step.Send(new TaskRef.Child(1), Message.text("x y\0"), Buffer.of(4)),
            new Step.Receive(Buffer.at(0x80_0000_0000L, 16), Buffer.of(2 << 20)));
  }

  @Test
  void whatIsNoStepIsRefused() {
    assertThatThrownBy(() -> StepReader.script("a", "jump 3")).hasMessage("no step jump");
    assertThatThrownBy(() -> StepReader.script("a", "yield 3"))
        .hasMessage("too many words from 3 on");
    assertThatThrownBy(() -> StepReader.script("a", "print x")).hasMessageContaining("quotes: x");
  }
}
