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

  private static void assertShort(ThrowingCallable code) {
    assertThatExceptionOfType(DescriptionException.class)
        .isThrownBy(code)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }
}
