package dev.roundhouse.emulator.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {
  private static final String ESCAPE = "\u001b";

  private static Screen after(String text) {
    Screen screen = new Screen();
    screen.take(
        new String(
            text.replace("^", ESCAPE).getBytes(StandardCharsets.UTF_8),
            StandardCharsets.ISO_8859_1));
    return screen;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "one\\r\\ntwo | one/two",
        "one\\ntwo | one/two",
        "^[2J^[H^[3;5Hhere^[1;1Htop | top//    here",
        "abcdef^[1;3H^[K | ab",
        "one\\ntwo^[1;2H^[J | o",
        "a^[31mb^[0mc | abc",
        "x^7^[4;1Hstatus^8y | xy///status",
        "^[1;2r1\\n2\\n3^[r | 2/3",
        "first^[?1049hother^[?1049l | first",
        "Gleis 8 \u00dc\u4e16b \u2500\u2502 | Gleis 8 \u00dc\u4e16b \u2500\u2502",
        "^]0;a title\u0007text | text",
        "\u007fa\u0085b^[99999999999Cc | ab",
      })
  void aScreenLooksAsOnATerminal(String output, String rows) {
    String text = output.replace("\\r", "\r").replace("\\n", "\n");
    assertThat(String.join("/", after(text).rows())).startsWith(rows);
  }

  @Test
  void partsOfACharacterAndOfASequenceMayComeOneByOne() {
    Screen screen = new Screen();
    String bytes =
        new String(
            "\u00dc^[3;2H\u00e4".replace("^", ESCAPE).getBytes(StandardCharsets.UTF_8),
            StandardCharsets.ISO_8859_1);
    bytes.chars().forEach(each -> screen.take(String.valueOf((char) each)));
    assertThat(screen.rows()).containsExactly("\u00dc", "", " \u00e4");
  }

  @Test
  void ofLongOutputTheEndIsSeen() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append("line ").append(i).append("\r\n");
    }
    assertThat(after(text.toString()).rows())
        .hasSize(Screen.ROWS - 1)
        .startsWith("line 4951")
        .endsWith("line 4999");
  }

  @Test
  void nothingThatIsSentBringsItOutOfStep() {
    String finals = "@ABCDEFGHIJKLMPSTXZ`abcdefghlmnrsuxyp";
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        switch (random.nextInt(5)) {
          case 0 -> text.append((char) random.nextInt(256));
          case 1 -> text.append("\r\n\t\b".charAt(random.nextInt(4)));
          case 2 -> text.append(ESCAPE).append((char) random.nextInt(256));
          default -> {
            text.append(ESCAPE).append("[").append(random.nextBoolean() ? "?" : "");
            text.append(random.nextInt(Integer.MAX_VALUE)).append(';').append(random.nextInt(100));
            text.append(finals.charAt(random.nextInt(finals.length())));
          }
        }
      }
      assertThatCode(
              () -> {
                Screen screen = new Screen();
                screen.take(text.toString());
                screen.rows();
              })
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
  }
}
