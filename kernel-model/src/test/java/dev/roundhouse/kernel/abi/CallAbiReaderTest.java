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
  private static final Set<String> BEYOND_SCHEMAS =
      Set.of(
          "line 1",
          "calls[1]: a second call",
          "again",
          "a second parameter",
          "no argument of the call",
          "no result of the call",
          "lacks the argument \"b\"");

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
    assertThat(abi.calls().get(4L).arguments())
        .containsExactly(
            new ArgumentShape("to", ArgumentShape.Kind.TID, 0, 0),
            new ArgumentShape("msg", ArgumentShape.Kind.IN, 1, 2));
  }

  @Test
  void numbersOfSel4AreNegativeAndItsResultsHaveNames() {
    CallAbi sel4 = CallAbiReader.shipped("sel4");
    CallShape recv = sel4.call(0, n -> n == 7 ? -5 : 0).orElseThrow();
    assertThat(recv.name()).isEqualTo("recv");
    assertThat(recv.stub().results())
        .extracting(StubShape.ResultShape::name)
        .containsExactly("badge", "info", "mr0", "mr1", "mr2", "mr3");
    assertThat(recv.stub().returned()).contains("info");
    assertThat(recv.stub().parameters()).hasSize(6);
    assertThat(recv.stub().memory()).isEqualTo(StubShape.Memory.READ_WRITE);
    assertThat(recv.stub().clobbers()).isEqualTo(new StubShape.Clobbers(0x3f, false));
    assertThat(sel4.call(1, _ -> -5)).isEmpty();
    assertThat(sel4.call(0, _ -> 0xffff_fffbL)).isEmpty();
  }

  @Test
  void aCallsStubIsWhatItsArgumentsAre() {
    CallAbi trainsOs = CallAbiReader.shipped("trainsos");
    StubShape send = trainsOs.calls().get(5L).stub();
    assertThat(send.parameters())
        .extracting(StubShape.Parameter::name)
        .containsExactly("to", "msg", "msg_bytes", "reply", "reply_bytes");
    assertThat(send.returned()).contains("result");
    assertThat(send.memory()).isEqualTo(StubShape.Memory.READ_WRITE);
    assertThat(trainsOs.calls().get(0L).stub().returned()).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidWithLineAndColumn() {
    String text =
        """
        {"name": "k",
         "calls": [
           {"number": 1, "name": "a"},
           {"number": 2, "name": "b", "arguments": "m=int x31"},
           {"number": 3}]}
        """;
    assertThatThrownBy(() -> CallAbiReader.parse("k.json", text))
        .hasMessage("k.json, calls[1]: \"x31\" is no register: x0 to x30 (line 4, column 44)");
    assertThatThrownBy(() -> CallAbiReader.parse("k.json", text.replace("x31", "x3")))
        .hasMessage("k.json, calls[2]: \"name\" is missing (line 5, column 4)");
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
          {"name": "k", "immediate": 0, "calls": []}                  | "immediate" needs "number"
          {"name": "k", "number": "x7", "calls": [{"number": 1.5, "name": "a"}]} | a whole number
          {"name": "k", "number": "x7", "calls": [{"number": 9223372036854775808, "name": "a"}]} | a whole number
          {"name": "k", "returns": "x29", "calls": []}                | "returns" must be
          {"name": "k", "prefix": "a b", "calls": []}                 | beginning of a function's name
          {"name": "k", "clobbers": "x1-x31", "calls": []}            | "x31" is no register
          {"name": "k", "clobbers": "sp", "calls": []}                | "sp" in "clobbers"
          {"name": "k", "calls": [{"number": 1, "name": "a", "results": "r=in x0"}]} | form NAME=int xN
          {"name": "k", "calls": [{"number": 1, "name": "a", "results": "r=int x0, r=int x1"}]} | again
          {"name": "k", "calls": [{"number": 1, "name": "a", "result": "int", "results": "r=int x0"}]} | leave one out
          {"name": "k", "calls": [{"number": 1, "name": "a", "memory": "all"}]} | "memory" must be
          {"name": "k", "calls": [{"number": 1, "name": "a", "stub": "b"}]} | no argument of the call
          {"name": "k", "calls": [{"number": 1, "name": "a", "stub": "*b"}]} | no result of the call
          {"name": "k", "calls": [{"number": 1, "name": "a", "stub": "-> b"}]} | no result of the call
          {"name": "k", "calls": [{"number": 1, "name": "a", "arguments": "b=int x0", "stub": "-> result"}]} | lacks the argument "b"
          {"name": "k", "calls": [{"number": 1, "name": "a", "arguments": "b=int x0, b=int x1"}]} | a second parameter
          {"name": "k", "calls": [{"number": 1, "name": "a", "arguments": "b=out-any x0 0"}]} | no number of bytes
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
