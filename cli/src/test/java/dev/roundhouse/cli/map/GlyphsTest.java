package dev.roundhouse.cli.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GlyphsTest {
  private static final int LEFT_HIGH_RIGHT_LOW = 0b1100_0011;
  private static final int LEFT_COLUMN = 0b0000_1111;
  private static final int TOP_ROW = 0b0001_0001;
  private static final int LOWEST_ROW = 0b1000_1000;

  @Test
  void anUtf8LocaleHasUnicode() {
    assertThat(Glyphs.fitting(Map.of("LANG", "en_CA.UTF-8"))).isEqualTo(Glyphs.UNICODE);
    assertThat(Glyphs.fitting(Map.of("LC_ALL", "C.utf8", "LANG", "C"))).isEqualTo(Glyphs.UNICODE);
  }

  @Test
  void otherLocalesAndTheKernelsConsoleHaveAscii() {
    assertThat(Glyphs.fitting(Map.of())).isEqualTo(Glyphs.ASCII);
    assertThat(Glyphs.fitting(Map.of("LC_ALL", "C", "LANG", "en_CA.UTF-8")))
        .isEqualTo(Glyphs.ASCII);
    assertThat(Glyphs.fitting(Map.of("LANG", "en_CA.UTF-8", "TERM", "linux")))
        .isEqualTo(Glyphs.ASCII);
  }

  @Test
  void railsAreBraillePatterns() {
    assertThat(Glyphs.UNICODE.rails(LEFT_COLUMN)).isEqualTo('\u2847');
    assertThat(Glyphs.UNICODE.rails(TOP_ROW)).isEqualTo('\u2809');
    assertThat(Glyphs.UNICODE.rails(LOWEST_ROW)).isEqualTo('\u28c0');
  }

  @Test
  void asciiRailsFollowTheirDirection() {
    assertThat(Glyphs.ASCII.rails(LEFT_COLUMN)).isEqualTo('|');
    assertThat(Glyphs.ASCII.rails(TOP_ROW)).isEqualTo('\'');
    assertThat(Glyphs.ASCII.rails(LOWEST_ROW)).isEqualTo('_');
    assertThat(Glyphs.ASCII.rails(LEFT_HIGH_RIGHT_LOW)).isEqualTo('\\');
  }

  @Test
  void arrowsPointTheGreaterWay() {
    assertThat(Glyphs.ASCII.arrow(3, -2)).isEqualTo('>');
    assertThat(Glyphs.ASCII.arrow(-3, 2)).isEqualTo('<');
    assertThat(Glyphs.ASCII.arrow(1, 2)).isEqualTo('v');
    assertThat(Glyphs.ASCII.arrow(1, -2)).isEqualTo('^');
  }
}
