package dev.roundhouse.emulator.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.emulator.observe.TraceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceLinesTest {
  private static String again(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TraceFile file = new TraceFile(out);
    ExampleTrace.feed(text, file);
    file.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aTraceThatIsReadAndWrittenAgainIsTheSameBytes() {
    assertThat(again(ExampleTrace.TEXT)).isEqualTo(ExampleTrace.TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":1,\"e\":\"x\",\"n\":-9223372036854775808,\"m\":9223372036854775807}",
        "{\"t\":1,\"e\":\"x\",\"p\":\"a\\\"\\\\\\n\u00e9\\u001b\\ud800\"}",
        "{\"t\":1,\"e\":\"x\"}",
      })
  void unusualNumbersAndTextsStayWhatTheyAre(String line) {
    assertThat(again(line + "\n")).isEqualTo(line + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'ELF' | is no event: it begins with E and not with {",
        "'' | is no event: it begins with byte 0x0a and not with {",
        "'{\"e\":\"x\",\"t\":3}' | is no event: the fields \"t\" and \"e\" come first",
        "'{\"t\":0,\"e\":\"x\"}' | time goes back",
        "'{\"t\":3,\"e\":\"x\",\"n\":1.5}' | . where } should be",
        "'{\"t\":3,\"e\":\"x\",\"n\":null}' | n where a number or a string should be",
        "'{\"t\":3,\"e\":\"x\",\"n\":9223372036854775808}' | a number is too large",
        "'{\"t\":3,\"e\":\"x\"}}' | } behind the event",
        "'{\"t\":3,\"e\":\"\\x\"}' | an escape that JSON does not have",
        "'{\"t\":3,\"e\":\"\\u12\"}' | an escape that JSON does not have",
      })
  void aDamagedLineIsNamedWithWhatIsWrong(String line, String problem) {
    TraceLines lines =
        new TraceLines(ExampleTrace.stream("{\"t\":2,\"e\":\"idle\"}\n" + line + "\n"));
    EventFields event = new EventFields();
    assertThatThrownBy(
            () -> {
              while (lines.next(event)) {
                assertThat(lines.nanos()).isEqualTo(2);
              }
            })
        .isInstanceOf(TraceException.class)
        .hasMessage(problem);
    assertThat(lines.place()).isEqualTo("line 2");
  }

  @Test
  void neitherEndlessTextsNorEndlessFieldsAreKept() {
    String start = "{\"t\":1,\"e\":\"x\"";
    String text = start + ",\"a\":\"" + "y".repeat(100_000) + "\"}\n";
    String fields = start + ",\"a\":1".repeat(41) + "}\n";
    assertThatThrownBy(() -> again(text)).hasMessage("a string is longer than 65536 bytes");
    assertThatThrownBy(() -> again(fields)).hasMessage("more than 40 fields");
  }

  @Test
  void aTraceThatEndsWithinALineIsGoodUpToThere() throws IOException {
    EventFields event = new EventFields();
    for (int length = 1; length < ExampleTrace.TEXT.length(); length++) {
      String cut = ExampleTrace.TEXT.substring(0, length);
      TraceLines lines = new TraceLines(ExampleTrace.stream(cut));
      long events = 0;
      while (lines.next(event)) {
        events++;
      }
      boolean isWhole = cut.endsWith("}\n") || cut.endsWith("}");
      assertThat(lines.isCutOff()).as(cut).isEqualTo(!isWhole);
      assertThat(events).isEqualTo(cut.chars().filter(c -> c == '}').count());
    }
  }
}
