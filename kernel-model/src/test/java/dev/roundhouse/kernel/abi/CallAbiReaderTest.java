package dev.roundhouse.kernel.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallAbiReaderTest {
  private static final Path GUIDE = Path.of("..", "docs", "abi-profiles.md");

  /** What no schema can say: broken JSON, and what depends on another place. */
  private static final Set<String> BEYOND_SCHEMAS = Set.of("line 1", "calls[1]: a second call");

  private static final Pattern JSON_BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  @Test
  void theShippedProfilesCanBeReadAndObeyTheSchema() throws IOException {
    for (String name : CallAbiReader.SHIPPED) {
      assertThat(CallAbiReader.shipped(name).name()).isEqualTo(name);
      assertThat(schemaErrors(resource(name + ".json"))).isEmpty();
    }
  }

  @Test
  void theGuidesExampleCanBeReadAndObeysTheSchema() throws Exception {
    Matcher block = JSON_BLOCK.matcher(Files.readString(GUIDE));
    assertThat(block.find()).isTrue();
    assertThat(CallAbiReader.parse("guide", block.group(1)).calls()).isNotEmpty();
    assertThat(schemaErrors(block.group(1))).isEmpty();
  }

  private static List<Error> schemaErrors(String text) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(resource("abi-profile.schema.json"), InputFormat.JSON)
        .validate(text, InputFormat.JSON);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = CallAbiReader.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aProfileNeedsOnlyNameAndCalls() throws CallAbiException {
    CallAbi abi =
        CallAbiReader.parse(
            "k.json",
            """
            {"name": "k", "number": "x8", "most-urgent": "highest",
             "calls": [{"number": 4, "name": "Send", "arguments": "to=tid x0, msg=in x1 x2"}]}
            """);
    assertThat(abi.numberRegister()).isEqualTo(8);
    assertThat(abi.calls().get(4).arguments())
        .containsExactly(
            new ArgumentShape("to", ArgumentShape.Kind.TID, 0, 0),
            new ArgumentShape("msg", ArgumentShape.Kind.IN, 1, 2));
  }

  @Test
  void aProfileThatIsBasedOnAnotherSaysOnlyWhatDiffers() throws Exception {
    String text =
        """
        {"name": "k", "based-on": "trainsos", "number": "x8",
         "model": {"limits": {"ready-tasks": 7}}}
        """;
    CallAbi abi = CallAbiReader.parse("k.json", text);
    assertThat(schemaErrors(text)).isEmpty();
    assertThat(abi.name()).isEqualTo("k");
    assertThat(abi.numberRegister()).isEqualTo(8);
    assertThat(abi.calls()).isEqualTo(CallAbiReader.shipped("trainsos").calls());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                                          | not a JSON object
          {"name": "k"                                                | line 1
          {"name": "k"}                                               | "calls" is missing
          {"name": "k", "calls": [], "colour": 1}                     | unknown field "colour"
          {"name": "k", "number": "x31", "calls": []}                 | "x31" is no register
          {"name": "k", "calls": [{"number": -1, "name": "a"}]}       | calls[0]: "number" must be 0
          {"name": "k", "calls": [{"number": 1, "name": "a"}, {"number": 1, "name": "b"}]} | calls[1]: a second call
          {"name": "k", "calls": [{"number": 1, "name": "a", "role": "x"}]} | one of plain, create
          {"name": "k", "calls": [{"number": 1, "name": "a", "arguments": "m=in x1"}]} | form NAME=in xN xLENGTH
          {"name": "k", "calls": [{"number": 1, "name": "a", "arguments": "int x1"}]} | form NAME=int xN
          {"name": "k", "calls": [{"number": 1, "name": "a", "arguments": "m=out-of x1"}]} | no kind of argument
          {"based-on": "mini"}                                        | "name" is missing
          {"name": "k", "based-on": "linux"}                          | "based-on" must be one of
          {"name": "k", "tasks": [{"tid": 1, "priority": 1, "role": "x"}], "calls": []} | tasks[0]
          """)
  void whatIsWrongIsSaidWithItsPlace(String text, String message) throws IOException {
    assertThatThrownBy(() -> CallAbiReader.parse("k.json", text))
        .isInstanceOf(CallAbiException.class)
        .hasMessageStartingWith("k.json")
        .hasMessageContaining(message);
    if (!BEYOND_SCHEMAS.contains(message)) {
      assertThat(schemaErrors(text)).isNotEmpty();
    }
  }
}
