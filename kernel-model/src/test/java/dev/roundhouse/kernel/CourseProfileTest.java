package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.task.TaskState;
import org.junit.jupiter.api.Test;

/** Where the course's specification names an error and TrainsOS leaves the task stuck. */
class CourseProfileTest {
  private static final long NO_EVENT = 0x10_0000;

  @Test
  void aSendFailsWhenItsReceiverExits() {
    TestKernel k = TestKernel.readyCourse();
    k.create(3, "child").create(5, "child").recv(8);
    k.runUntil(3).recv(8);
    k.runUntil(4).send(3, "received", 8);
    k.runUntil(3).exit();
    assertThat(k.running()).isEqualTo(4);
    assertThat(k.result()).isEqualTo(-2);
    assertThat(k.brokenRules()).isEmpty();
  }

  @Test
  void queuedSendsFailInTheirOrderBehindThoseThatWereReceived() {
    TestKernel k = TestKernel.readyCourse();
    k.create(9, "child");
    for (int sender = 4; sender <= 6; sender++) {
      k.create(5, "child");
    }
    k.recv(8);
    k.runUntil(6).send(3, "first", 8);
    k.runUntil(5).send(3, "second", 8);
    k.runUntil(4).send(3, "third", 8);
    k.runUntil(3).recv(8).exit();
    for (int expected : new int[] {6, 5, 4}) {
      assertThat(k.running()).isEqualTo(expected);
      assertThat(k.result()).isEqualTo(-2);
      k.recv(8);
    }
  }

  @Test
  void aSendToOneselfFails() {
    TestKernel k = TestKernel.readyCourse();
    k.send(1, "me", 8);
    assertThat(k.running()).isEqualTo(1);
    assertThat(k.result()).isEqualTo(-2);
    assertThat(k.brokenRules()).containsExactly(Rule.SEND_TO_SELF);
  }

  @Test
  void anUnknownEventFails() {
    TestKernel k = TestKernel.readyCourse();
    k.await(NO_EVENT);
    assertThat(k.running()).isEqualTo(1);
    assertThat(k.result()).isEqualTo(-1);
    assertThat(k.brokenRules()).containsExactly(Rule.UNKNOWN_EVENT);
  }

  @Test
  void anEventThatNeverWakesAnyoneFails() {
    TestKernel k = TestKernel.readyCourse();
    k.await(145L << 16);
    assertThat(k.result()).isEqualTo(-1);
  }

  @Test
  void aBadPriorityUsesUpNoTid() {
    TestKernel k = TestKernel.readyCourse();
    k.create(21, "child");
    assertThat(k.result()).isEqualTo(-1);
    assertThat(k.kernel().tasks()).hasSize(3);
    k.create(1, "child");
    assertThat(k.result()).isEqualTo(3);
    assertThat(k.brokenRules()).containsExactly(Rule.BAD_PRIORITY);
  }

  @Test
  void aQueueOfSendersIsNeverFull() {
    TestKernel k = TestKernel.readyCourse();
    for (int sender = 3; sender < 3 + 65; sender++) {
      k.create(0, "child");
      k.runUntil(sender).send(1, "x", 8);
    }
    assertThat(k.running()).isEqualTo(1);
    assertThat(k.task(67).state()).isInstanceOf(TaskState.SendBlocked.class);
  }

  @Test
  void profilesAreFoundByTheirNames() {
    assertThat(AbiProfile.named("course").orElseThrow().name()).isEqualTo("course");
    assertThat(AbiProfile.named("trainsos").orElseThrow().name()).isEqualTo("trainsos");
    assertThat(AbiProfile.named("linux")).isEmpty();
  }
}
