package example;

import static dev.roundhouse.junit.Event.received;
import static dev.roundhouse.junit.Measures.seconds;
import static dev.roundhouse.junit.Measures.within;
import static dev.roundhouse.junit.RoundhouseAssertions.assertThat;

import dev.roundhouse.junit.Machine;
import dev.roundhouse.junit.RoundhouseTest;
import dev.roundhouse.junit.Uart;
import org.junit.jupiter.api.Test;

/** Put your own programs here: {@code @RoundhouseTest(programs = {"build/entry.elf"})}. */
@RoundhouseTest(image = "uart_echo")
class EchoTest {
  @Test
  void whatIsTypedComesBack(Machine machine, Uart console) {
    console.type("All aboard!");
    machine.runUntil(console.prints("All aboard!"), within(seconds(1)));
    assertThat(machine.timeline()).shows(received("uart_echo", "uart_notifier"));
    assertThat(machine.task("uart_notifier")).isEventBlocked();
    assertThat(machine).isRunning().hasNoViolations();
  }

  @Test
  void itEndsWithItsInput(Machine machine, Uart console) {
    console.type("abc\004");
    console.endInput();
    machine.runToEnd(within(seconds(1)));
    assertThat(machine).hasFinished();
    assertThat(console).hasPrinted("[uart_echo: 3 bytes]");
  }
}
