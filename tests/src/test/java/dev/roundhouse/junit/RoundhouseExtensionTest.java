package dev.roundhouse.junit;

import static dev.roundhouse.junit.Event.exited;
import static dev.roundhouse.junit.Event.loaded;
import static dev.roundhouse.junit.Event.received;
import static dev.roundhouse.junit.Event.replied;
import static dev.roundhouse.junit.Event.sent;
import static dev.roundhouse.junit.Measures.milliseconds;
import static dev.roundhouse.junit.Measures.seconds;
import static dev.roundhouse.junit.Measures.within;
import static dev.roundhouse.junit.RoundhouseAssertions.assertThat;
import static dev.roundhouse.junit.RoundhouseAssertions.assertThatExceptionOfType;
import static dev.roundhouse.junit.RoundhouseAssertions.assertThatIllegalStateException;

import dev.roundhouse.emulator.tasks.TaskStatus;
import dev.roundhouse.system.Images;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What a test can do with a machine of the extension. */
class RoundhouseExtensionTest {
  @Nested
  @RoundhouseTest(image = "hello")
  class AProgramThatEnds {
    @Test
    void runsToItsEnd(Machine machine) {
      machine.runToEnd(within(seconds(1)));
      assertThat(machine).hasFinished().hasNoViolations();
      assertThat(machine.console()).hasPrintedMatch("[Hh]ello").hasNotPrinted("Goodbye");
      assertThat(machine.task("user_entry")).hasExited();
      assertThat(machine.timeline()).showsInOrder(loaded("hello"), exited("hello"));
    }

    @Test
    void isOverWhenATestWaitsForMore(Machine machine) {
      assertThatExceptionOfType(AssertionFailedError.class)
          .isThrownBy(() -> machine.runUntil(machine.console().prints("never"), within(seconds(9))))
          .withMessageContaining("the run ended before UART2 prints \"never\": finished");
      assertThatIllegalStateException().isThrownBy(() -> machine.console().type("x"));
    }
  }

  @Nested
  @RoundhouseTest(kernel = "kernels/mini.elf")
  class ABootedKernel {
    @Test
    void isStoppedBetweenItsTicksAndTypedAt(Machine machine, Uart console) {
      machine.runUntil(console.prints("tick 1"), within(seconds(1)));
      assertThat(machine.now()).isBetween(milliseconds(10), milliseconds(13));
      assertThat(console).hasNotPrinted("tick 2");
      console.type("aboard");
      machine.runUntil(console.prints("ABOARD"), within(milliseconds(8)));
      machine.runUntil(console.prints("tick 5"), within(seconds(1)));
      assertThat(machine).isRunning();
      console.type("q");
      machine.runToEnd(within(seconds(1)));
      assertThat(machine).hasFinished().hasNoViolations();
    }

    @Test
    void isTheSameHoweverOftenATestLooks(Machine machine, Uart console) {
      for (int look = 0; look < 500; look++) {
        machine.runFor(Duration.ofNanos(1000L * 101));
      }
      try (Machine other = Machine.setup().kernel(Path.of("kernels/mini.elf")).machine()) {
        other.runFor(machine.now());
        assertThat(other.now()).isEqualTo(machine.now());
        assertThat(other.console().text()).isEqualTo(console.text()).contains("tick 4");
      }
    }
  }

  @Nested
  @RoundhouseTest(kernel = "kernels/messages.elf", abi = "trainsos")
  class ABootedKernelWhoseCallsAreKnown {
    @Test
    void showsWhatItsTasksWaitFor(Machine machine) {
      machine.runUntil(machine.task(2).becomesReceiveBlocked(), within(seconds(1)));
      assertThat(machine.task("name_server")).isReceiveBlocked();
      machine.runUntil(
          machine.task(2).becomes("serving", TaskStatus.Active.class::isInstance),
          within(seconds(1)));
      machine.runToEnd(within(seconds(5)));
      assertThat(machine.task(1)).hasExited();
    }
  }

  @Nested
  @RoundhouseTest(image = "uart-echo")
  class AProgramThatIsTypedAt {
    @RepeatedTest(2)
    void startsAnewInEachTest(VirtualClock clock, Machine machine) {
      assertThat(clock.now()).isZero();
      clock.advance(milliseconds(1));
      assertThat(machine.now()).isEqualTo(milliseconds(1));
    }

    @Test
    void answersEachLine(Machine machine, Uart console) {
      console.type("All ");
      machine.runUntil(console.prints("All "), within(seconds(1)));
      console.type("aboard!");
      machine.runUntil(console.prints("aboard!"), within(seconds(1)));
      assertThat(console).hasPrintedExactly("All aboard!");
      assertThat(machine.task("uart_notifier")).isEventBlocked();
      assertThat(machine.task("user_entry")).isReceiveBlocked();
      assertThat(machine).isRunning();
    }

    @Test
    void seesTheEndOfItsInput(Machine machine, Uart console) {
      console.type("abc\004");
      console.endInput();
      machine.runToEnd(within(seconds(1)));
      assertThat(console).hasPrintedExactly("abc\r\n[uart_echo: 3 bytes]\r\n");
    }

    @Test
    void doesNotAnswerInTime(Machine machine, Uart console) {
      console.type("slow");
      assertThatExceptionOfType(AssertionFailedError.class)
          .isThrownBy(() -> machine.runUntil(console.prints("slow"), within(milliseconds(0))))
          .withMessage("not within 0s of virtual time: UART2 prints \"slow\"; it printed nothing");
    }

    @Test
    void hasALineThatHoldsOnlySoMuch(Uart console) {
      assertThatIllegalStateException()
          .isThrownBy(() -> console.type(new byte[70_000]))
          .withMessageContaining("no program takes what is typed at UART2");
    }
  }

  @Nested
  @RoundhouseTest(image = "rps")
  class ASystemOfTasks {
    @Test
    void isSeenInItsTimeline(Machine machine) {
      machine.runToEnd(within(seconds(60)));
      assertThat(machine.timeline())
          .shows(sent("rps_player", "rps_server"))
          .showsInOrder(
              loaded("rps_server"),
              received("rps_server", "rps_player"),
              replied("rps_server", "rps_player"),
              exited("rps_player"))
          .showsTimes(3, loaded("rps_player"))
          .doesNotShow(sent("rps_server", "rps_player"));
    }

    @Test
    void stopsRightBehindAnEvent(Machine machine) {
      machine.runUntil(
          machine.timeline().shows(received("rps_server", "rps_player")), within(seconds(60)));
      assertThat(machine.timeline()).showsTimes(1, received("rps_server", "rps_player"));
      assertThat(machine.tasks()).extracting(TaskView::toString).contains("task 2 (name_server)");
    }

    @Test
    void namesItsTasksWhenOneIsAskedForThatIsNotThere(Machine machine) {
      machine.runFor(seconds(1));
      assertThatExceptionOfType(AssertionFailedError.class)
          .isThrownBy(() -> machine.task("track_server"))
          .withMessageContaining("no task of program track_server")
          .withMessageContaining("task 2 (name_server)");
      assertThatExceptionOfType(AssertionFailedError.class)
          .isThrownBy(() -> machine.task("rps_player"))
          .withMessageContaining("3 tasks of program rps_player");
    }
  }

  @Test
  void assertionsSayWhatIsThereInstead() {
    try (Machine machine = Machine.setup().program("own", Images.bundled("hello")).machine()) {
      machine.runToEnd(within(seconds(1)));
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(machine.task("name_server")).isSendBlocked())
          .withMessageContaining(
              "task 2 (name_server) to be send-blocked, but it is receive-blocked");
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(machine).isDeadlocked())
          .withMessageContaining("ended in a deadlock, but: finished");
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(machine.timeline()).shows(Event.collision()))
          .withMessageContaining("expected: trains collide; it never happened");
    }
  }

  @Test
  @RoundhouseTest(image = "zoo_receiver_exits", profile = "course")
  void aMethodCanSayWhatItNeedsAndOnWhichKernel(Machine machine) {
    machine.runToEnd(within(seconds(1)));
    assertThat(machine).hasFinished();
  }

  @Test
  void aSetupThatCannotBeSaysWhy() {
    assertThatSetup(Machine.setup()).withMessageContaining("no programs: name a bundled system");
    assertThatSetup(Machine.setup().image("no-such"))
        .withMessageContaining("no bundled system no-such; there are: hello, ");
    assertThatSetup(Machine.setup().program("own", new byte[4]))
        .withMessageContaining("program own: ");
    assertThatSetup(Machine.setup().image("hello").track("A").train(24, "Z9"))
        .withMessageContaining("no sensor Z9");
    assertThatSetup(Machine.setup().image("hello").profile("other"))
        .withMessageContaining("no profile other; there are: [trainsos, course]");
    assertThatSetup(Machine.setup().image("hello").train(24, "C13"))
        .withMessageContaining("trains need a track");
    assertThatSetup(Machine.setup().image("hello").track("A").trackUart(2))
        .withMessageContaining("both the console and the track's");
  }

  private static org.assertj.core.api.ThrowableAssertAlternative<SetupException> assertThatSetup(
      MachineSetup setup) {
    return assertThatExceptionOfType(SetupException.class)
        .isThrownBy(() -> setup.machine().runFor(seconds(1)));
  }
}
