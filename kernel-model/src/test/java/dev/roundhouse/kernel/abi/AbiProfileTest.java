package dev.roundhouse.kernel.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.trace.EventVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AbiProfileTest {
  private final AbiProfile trainsOs = AbiProfile.trainsOs();

  /** Addresses and numbers of a call, by the names that it tells, each with its value. */
  private static final class Told implements EventVisitor {
    private final List<String> fields = new ArrayList<>();

    static List<String> by(Syscall call) {
      Told told = new Told();
      call.tellArguments(told);
      return told.fields;
    }

    @Override
    public EventVisitor event(String name) {
      throw new AssertionError("a call's arguments are no event");
    }

    @Override
    public EventVisitor number(String name, long value) {
      fields.add(name + " number x" + value);
      return this;
    }

    @Override
    public EventVisitor address(String name, long value) {
      fields.add(name + " address x" + value);
      return this;
    }

    @Override
    public EventVisitor text(String name, String value) {
      throw new AssertionError("a text is in no register");
    }
  }

  private static SavedRegisters registersThatHoldTheirNumbers() {
    SavedRegisters registers = new SavedRegisters();
    IntStream.range(0, SavedRegisters.LR).forEach(number -> registers.setX(number, number));
    return registers;
  }

  private static List<String> told(CallShape shape, String lengthSuffix) {
    List<String> fields = new ArrayList<>();
    for (ArgumentShape argument : shape.arguments()) {
      boolean isNumber =
          switch (argument.kind()) {
            case INT, LONG, TID, PRIORITY -> true;
            case IN, TEXT, OUT, OUT_INT, OUT_POINTER, IN_ANY, OUT_ANY, ANY -> false;
          };
      fields.add(argument.name() + (isNumber ? " number x" : " address x") + argument.register());
      if (argument.kind().hasLength()) {
        fields.add(
            (lengthSuffix.isEmpty() ? "bytes" : argument.name() + lengthSuffix)
                + " number x"
                + argument.lengthRegister());
      }
    }
    return fields;
  }

  /** A trace of the model and one of a booted kernel have the same words for the same call. */
  @ParameterizedTest
  @EnumSource(SyscallKind.class)
  void aCallOfTheModelTellsTheArgumentsThatItsRowHas(SyscallKind kind) {
    int number = trainsOs.syscalls().number(kind).orElseThrow();
    CallShape shape = trainsOs.calls().calls().get((long) number);
    Syscall call = trainsOs.syscalls().decode(number, registersThatHoldTheirNumbers());
    assertThat(call.kind()).isEqualTo(kind);
    assertThat(kind.callName()).isEqualTo(shape.name());
    String suffix = kind == SyscallKind.PRINT_RAW ? "" : "_bytes";
    assertThat(Told.by(call)).isEqualTo(told(shape, suffix));
  }

  @Test
  void argumentsAreReadWhereTheRowSaysThatTheyAre() throws CallAbiException {
    CallAbi abi =
        CallAbiReader.parse(
            "k.json",
            """
            {"name": "k", "calls": [
              {"number": 9, "name": "reply", "arguments": "to=tid x4, msg=in x7 x3"}]}
            """);
    SyscallTable table = new SyscallTable(abi);
    SavedRegisters registers = registersThatHoldTheirNumbers();
    assertThat(table.decode(9, registers)).isEqualTo(new Syscall.Reply(4, new UserBuffer(7, 3)));
    assertThat(table.arguments(SyscallKind.REPLY, registers)).containsExactly(4L, 7L, 3L);
    assertThat(table.arguments(SyscallKind.SEND, registers)).isEmpty();
    assertThat(table.knows(9)).isTrue();
    assertThat(table.knows(8)).isFalse();
    assertThat(table.knows(10)).isFalse();
    assertThat(table.knows(-1)).isFalse();
    assertThatThrownBy(() -> table.at(8)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCallThatTheModelDoesNotKnowIsNone() {
    CallAbi mini = CallAbiReader.shipped("mini");
    assertThatThrownBy(() -> new SyscallTable(mini)).hasMessageContaining("no call print");
  }

  @Test
  void theCourseDiffersFromTrainsOsInAnswersAndQueuesAlone() {
    AbiProfile course = AbiProfile.course();
    assertThat(new TreeMap<>(course.calls().calls()))
        .isEqualTo(new TreeMap<>(trainsOs.calls().calls()));
    assertThat(course.memory()).isEqualTo(trainsOs.memory());
    assertThat(course.timings()).isEqualTo(trainsOs.timings());
    assertThat(course.interrupts()).isEqualTo(trainsOs.interrupts());
    assertThat(course.console()).isEqualTo(trainsOs.console());
    assertThat(course.bootTasks()).isEqualTo(trainsOs.bootTasks());
    assertThat(course.limits())
        .isEqualTo(new Limits(20, Integer.MAX_VALUE, Integer.MAX_VALUE, 256, 2));
    assertThat(course.semantics()).isNotEqualTo(trainsOs.semantics());
  }

  @Test
  void theTasksOfTheKernelItselfAreThoseWithAProgram() {
    assertThat(trainsOs.bootTasks())
        .containsExactly(new BootTask("user_entry", 0), new BootTask("name_server", 0));
  }
}
