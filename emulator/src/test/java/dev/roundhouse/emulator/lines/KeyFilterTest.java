package dev.roundhouse.emulator.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.lines.KeyFilter.Meaning;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyFilterTest {
  private static final Meaning NOTHING = new Meaning.Nothing();

  @Test
  void ordinaryKeysAreForTheProgram() {
    assertThat(typed("a\u0003\u00ff"))
        .containsExactly(
            new Meaning.ForProgram('a'), new Meaning.ForProgram(3), new Meaning.ForProgram(255));
  }

  @Test
  void controlAThenXEndsTheRun() {
    assertThat(typed("\u0001x")).containsExactly(NOTHING, new Meaning.Stop());
  }

  @Test
  void controlAThenTShowsTheTasks() {
    assertThat(typed("\u0001t")).containsExactly(NOTHING, new Meaning.Tasks());
  }

  @Test
  void controlAThenHHelps() {
    assertThat(typed("\u0001h")).containsExactly(NOTHING, new Meaning.Help());
  }

  @Test
  void controlATwiceSendsItOnce() {
    assertThat(typed("\u0001\u0001x"))
        .containsExactly(NOTHING, new Meaning.ForProgram(1), new Meaning.ForProgram('x'));
  }

  @Test
  void controlAThenAnotherKeyMeansNothing() {
    assertThat(typed("\u0001qx")).containsExactly(NOTHING, NOTHING, new Meaning.ForProgram('x'));
  }

  private static List<Meaning> typed(String keys) {
    KeyFilter filter = new KeyFilter();
    List<Meaning> meanings = new ArrayList<>();
    for (int i = 0; i < keys.length(); i++) {
      meanings.add(filter.typed(keys.charAt(i)));
    }
    return meanings;
  }
}
