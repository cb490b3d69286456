package dev.roundhouse.devices.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static final String ODD = "\"\\ \n\t\u001b[31m\u007f\u009b\u202e\u2028\udb40\udc01\ud800";

  @Test
  void whatCouldSteerATerminalIsAnEscape() {
    assertThat(JsonText.quoted(ODD))
        .isEqualTo(
            "\"\\\"\\\\ \\n\\u0009\\u001b[31m\\u007f\\u009b\\u202e\\u2028\\udb40\\udc01\\ud800\"");
  }

  @Test
  void readersGetTheSameTextBack() {
    assertThat(JsonParser.parseString(JsonText.quoted(ODD)).getAsString()).isEqualTo(ODD);
    assertThat(JsonText.quoted("Märklin \ud83d\ude82")).isEqualTo("\"Märklin \ud83d\ude82\"");
  }
}
