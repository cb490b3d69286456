package dev.roundhouse.emulator.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.cpu.UserRegisters;
import dev.roundhouse.kernel.abi.CallAbiReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelWatchTest {
  private static final int SVC = 0x15 << 26;
  private static final long FIRST_STACK = 0x1000;
  private static final long CHILD_STACK = 0x2000;
  private static final int CREATE = 2;
  private static final int MY_TID = 3;
  private static final int EXIT = 0;
  private static final int RECEIVE = 6;

  private final List<String> steps = new ArrayList<>();
  private final KernelWatch watch =
      new KernelWatch(
          CallAbiReader.shipped("trainsos"),
          new TraceSink() {
            @Override
            public boolean isOn() {
              return true;
            }

            @Override
            public void emit(long nanos, TraceEvent event) {
              if (!(event instanceof KernelStep.Dispatched)) {
                steps.add(text((KernelStep) event));
              }
            }
          },
          (address, into) -> {
            Arrays.fill(into, (byte) 'm');
            return into.length;
          },
          _ -> 0);

  private static String text(KernelStep step) {
    String about = step.getClass().getSimpleName() + " " + step.task();
    return switch (step) {
      case KernelStep.Called called -> about + " " + called.call();
      case KernelStep.Returned back ->
          about + " " + back.call() + " " + back.result() + " " + back.answers();
      default -> about;
    };
  }

  private record Registers(long sp, List<Long> x) implements UserRegisters {
    @Override
    public long general(int number) {
      return number < x.size() ? x.get(number) : 0;
    }

    @Override
    public long pc() {
      return 0x4000;
    }
  }

  private void starts(long sp) {
    watch.left(new Registers(sp, List.of()), 0);
  }

  private void calls(int number, long sp, long... x) {
    watch.entered(SVC | number, new Registers(sp, Arrays.stream(x).boxed().toList()));
  }

  private void goesOn(long sp, long result) {
    watch.left(new Registers(sp, List.of(result)), 0);
  }

  @Test
  void aTaskIsKnownAgainByItsStackPointer() {
    starts(FIRST_STACK);
    calls(MY_TID, FIRST_STACK);
    goesOn(FIRST_STACK, 1);
    watch.interrupted(new Registers(FIRST_STACK, List.of()));
    starts(CHILD_STACK);
    watch.interrupted(new Registers(CHILD_STACK, List.of()));
    goesOn(FIRST_STACK, 5);
    calls(EXIT, FIRST_STACK);
    assertThat(steps)
        .containsExactly(
            "Started 1",
            "Called 1 my_tid",
            "Returned 1 my_tid 1 []",
            "Interrupted 1",
            "Started 2",
            "Interrupted 2",
            "Called 1 exit",
            "Exited 1");
  }

  @Test
  void aChildThatRunsBeforeItsParentGoesOnHasTheNextTid() {
    starts(FIRST_STACK);
    calls(CREATE, FIRST_STACK, 0, 0, 0);
    starts(FIRST_STACK + 8);
    calls(CREATE, FIRST_STACK + 8, 7, 0, 0);
    starts(CHILD_STACK);
    assertThat(steps).endsWith("Started 2", "Called 2 create", "Started 3");
  }

  @Test
  void aTaskThatAsksForItsTidIsCalledByIt() {
    starts(FIRST_STACK);
    calls(MY_TID, FIRST_STACK);
    goesOn(FIRST_STACK, 40);
    assertThat(steps).last().isEqualTo("Returned 40 my_tid 40 []");
  }

  @Test
  void aCreateThatFailsMakesNoTask() {
    starts(FIRST_STACK);
    calls(CREATE, FIRST_STACK, 99, 0, 0);
    goesOn(FIRST_STACK, -1);
    assertThat(steps).noneMatch(step -> step.startsWith("Created"));
  }

  @Test
  void anAnswerIsAsLongAsTheResultSaysAndTheRoomAllows() {
    starts(FIRST_STACK);
    calls(MY_TID, FIRST_STACK);
    goesOn(FIRST_STACK, 1);
    calls(RECEIVE, FIRST_STACK, 0x100, 0x200, 4);
    goesOn(FIRST_STACK, 3);
    assertThat(steps).last().asString().contains("buf=\"mmm\"");
    calls(RECEIVE, FIRST_STACK, 0x100, 0x200, 4);
    goesOn(FIRST_STACK, 300);
    assertThat(steps).last().asString().contains("buf=\"mmmm\"");
  }

  @Test
  void aCallThatTheProfileDoesNotKnowHasItsNumber() {
    starts(FIRST_STACK);
    calls(77, FIRST_STACK);
    assertThat(steps).last().isEqualTo("Called 1 svc 77");
  }

  @Test
  void anExceptionThatIsNoCallIsAFault() {
    starts(FIRST_STACK);
    watch.entered(0x24 << 26, new Registers(FIRST_STACK, List.of()));
    assertThat(steps).last().isEqualTo("Faulted 1");
  }
}
