package dev.roundhouse.devices.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarNamesTest {
  @Test
  void theNearestComesFirst() {
    assertThat(SimilarNames.of("Outr", List.of("Outrage", "OutrList", "a::Outer", "Router")))
        .containsExactly("a::Outer", "Outrage", "OutrList");
  }

  @Test
  void twoLettersMayDifferInALongName() {
    List<String> names = List.of("SharedMem", "Shared", "Station");
    assertThat(SimilarNames.of("shraedmem", names)).containsExactly("SharedMem");
    assertThat(SimilarNames.of("shrdmm", names)).isEmpty();
  }

  @Test
  void aShortNameMustBeAPart() {
    assertThat(SimilarNames.of("ab", List.of("ac", "b", "cab"))).containsExactly("cab");
  }

  @Test
  void twoLettersChangedRoundAreOneMistake() {
    assertThat(SimilarNames.hint("rnu", List.of("run", "boot"))).isEqualTo("; did you mean run?");
    assertThat(SimilarNames.hint("xyz", List.of("run", "boot"))).isEmpty();
  }
}
