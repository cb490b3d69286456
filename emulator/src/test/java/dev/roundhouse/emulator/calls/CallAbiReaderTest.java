package dev.roundhouse.emulator.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.SyscallTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallAbiReaderTest {
  @Test
  void theShippedProfilesCanBeRead() {
    for (String name : CallAbiReader.SHIPPED) {
      assertThat(CallAbiReader.shipped(name).name()).isEqualTo(name);
    }
  }

  @Test
  void theProfileOfTrainsOsHasTheModelsCalls() {
    SyscallTable model = AbiProfile.trainsOs().syscalls();
    var calls = CallAbiReader.shipped("trainsos").calls();
    assertThat(calls).hasSize(model.size());
    calls.forEach((number, call) -> assertThat(call.name()).isEqualTo(model.at(number).callName()));
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
          {"name": "k", "tasks": [{"tid": 1, "priority": 1, "role": "x"}], "calls": []} | tasks[0]
          """)
  void whatIsWrongIsSaidWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> CallAbiReader.parse("k.json", text))
        .isInstanceOf(CallAbiException.class)
        .hasMessageStartingWith("k.json")
        .hasMessageContaining(message);
  }
}
