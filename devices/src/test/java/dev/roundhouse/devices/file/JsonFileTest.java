package dev.roundhouse.devices.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class JsonFileTest {
  private static final int LARGE = 1_000_000;

  @Test
  void aFieldWithAnEndlessNameIsToldInAShortLine() {
    assertShort(() -> JsonFile.parse("x", "{\"" + "a".repeat(LARGE) + "\": 1}").only("b"));
  }

  @Test
  void aFieldsNameCannotSteerATerminal() {
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(() -> JsonFile.parse("x", "{\"\\u001b[31m\": 1}").only("b"))
        .withMessageContaining("\\x1b[31m");
  }

  @Test
  void anEndlessNumberIsToldInAShortLine() {
    assertShort(() -> JsonFile.parse("x", "{\"a\": " + "9".repeat(LARGE) + "}").number("a", 0, 1));
  }

  @Test
  void nestingWithoutEndIsNoJson() {
    assertShort(() -> JsonFile.parse("x", "{\"a\": " + "[".repeat(LARGE)));
    assertShort(() -> JsonFile.parse("x", "{\"a\":".repeat(LARGE / 10)));
  }

  @Test
  void aFileOverABaseHasItsOwnFieldsAndTheOthersOfTheBase() {
    Fields base = JsonFile.parse("b", "{\"a\": \"b\", \"o\": {\"x\": 1, \"y\": 2}, \"l\": [1, 2]}");
    Fields own = JsonFile.parse("own", "{\"o\": {\"y\": 3}, \"l\": [4]}").over(base);
    assertThat(own.text("a")).isEqualTo("b");
    assertThat(own.object("o").integer("x", 0, 9)).isEqualTo(1);
    assertThat(own.object("o").integer("y", 0, 9)).isEqualTo(3);
    assertThat(own.integers("l", 0, 9)).containsExactly(4);
    assertThat(base.object("o").integer("y", 0, 9)).isEqualTo(2);
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(() -> own.object("o").integer("z", 0, 9))
        .withMessage("own, o: \"z\" is missing");
  }

  @Test
  void anAddressIsHexadecimal() {
    Fields file =
        JsonFile.parse("x", "{\"a\": \"0x40000000\", \"b\": \"40000000\", \"c\": \"0x-1\"}");
    assertThat(file.address("a")).isEqualTo(0x4000_0000L);
    assertShort(() -> file.address("b"));
    assertShort(() -> file.address("c"));
  }

  private static void assertShort(ThrowingCallable code) {
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(code)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }
}
