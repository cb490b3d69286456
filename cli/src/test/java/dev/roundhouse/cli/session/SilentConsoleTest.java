package dev.roundhouse.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SilentConsoleTest {
  private static final int CHANNEL_A = 6;

  private final SilentConsole lines =
      new SilentConsole(
          0,
          Map.of(
              0,
              new UartAttachment(new InputSource.Nothing(), OutputPort.none()),
              3,
              UartAttachment.unconnected()));

  private void say(int line) throws IOException {
    lines.attachments().get(line).output().put('x');
  }

  @Test
  void theLineThatTheKernelTalksToIsNamed() throws IOException {
    say(1);
    say(CHANNEL_A);
    say(CHANNEL_A);
    assertThat(lines.advice().orElseThrow())
        .isEqualTo(
            "nothing came to the console, UART0, but 2 bytes to sc0: --console sc0 shows them");
  }

  @Test
  void aConsoleThatHeardSomethingNeedsNoAdvice() throws IOException {
    say(CHANNEL_A);
    say(0);
    assertThat(lines.advice()).isEmpty();
  }

  @Test
  void aLineWithAFarEndOfItsOwnIsNotMeant() throws IOException {
    say(3);
    assertThat(lines.advice()).isEmpty();
  }
}
