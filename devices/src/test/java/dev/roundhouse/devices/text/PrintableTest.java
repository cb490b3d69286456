package dev.roundhouse.devices.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @Test
  void plainTextInAnyScriptStaysAsItIs() {
    assertThat(Printable.line("Märklin, поезд, 列車, قطار, \ud83d\ude82 \\ ~"))
        .isEqualTo("Märklin, поезд, 列車, قطار, \ud83d\ude82 \\ ~");
  }

  @ParameterizedTest
  @CsvSource({
    "0x00, \\x00",
    "0x07, \\x07",
    "0x09, \\t",
    "0x0a, \\n",
    "0x0d, \\r",
    "0x1b, \\x1b",
    "0x7f, \\x7f",
    "0x85, \\x85",
    "0x9b, \\x9b",
    "0xad, \\xad",
    "0x200f, \\u200f",
    "0x2028, \\u2028",
    "0x202e, \\u202e",
    "0x2066, \\u2066",
    "0xfeff, \\ufeff",
    "0xffff, \\uffff",
    "0xd800, \\ud800",
    "0xe0001, \\u{e0001}"
  })
  void whatCouldSteerATerminalIsShown(String character, String shown) {
    String text = "a" + Character.toString(Integer.decode(character)) + "b";
    assertThat(Printable.line(text)).isEqualTo("a" + shown + "b");
  }

  @Test
  void linesStayLinesWhereTheyMay() {
    assertThat(Printable.lines("a\nb\r\nc\rd\u001b[31m")).isEqualTo("a\nb\nc\\rd\\x1b[31m");
  }

  @Test
  void longTextIsCutButNoCharacterInTwo() {
    assertThat(Printable.line("abcdef", 4)).isEqualTo("abcd...");
    assertThat(Printable.line("abc\ud83d\ude82", 4)).isEqualTo("abc...");
    assertThat(Printable.line("abcd", 4)).isEqualTo("abcd");
  }
}
