package dev.roundhouse.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.console.Messages.Colours;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.emulator.lines.StreamOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Test
  void linesEndInCarriageReturnAndLineFeedWhileTheTerminalIsRaw() {
    Messages messages = messages(Colours.OFF);
    messages.say(Tone.ERROR, "a\nb");
    messages.watchRawMode(() -> true);
    messages.say(Tone.ERROR, "a\nb");
    assertThat(shown.toString(UTF_8)).isEqualTo("roundhouse: a\nb\nroundhouse: a\r\nb\r\n");
  }

  @Test
  void aMessageBeginsOnAFreshLineWhenTheGuestHasLeftOneOpen() throws IOException {
    StreamOutput guest = new StreamOutput(shown);
    Messages messages = messages(Colours.OFF);
    messages.watchOpenLine(guest::takeOpenLine);
    messages.say(Tone.ERROR, "a");
    put(guest, "> ");
    messages.say(Tone.ERROR, "b");
    messages.say(Tone.ERROR, "c");
    put(guest, "whole\n");
    messages.say(Tone.ERROR, "d");
    assertThat(shown.toString(UTF_8))
        .isEqualTo("roundhouse: a\n> \nroundhouse: b\nroundhouse: c\nwhole\nroundhouse: d\n");
  }

  private static void put(StreamOutput guest, String text) throws IOException {
    for (byte each : text.getBytes(UTF_8)) {
      guest.put(each);
    }
    guest.flush();
  }

  @Test
  void coloursAreUsedOnlyWhenTheyAreOn() {
    messages(Colours.ON).say(Tone.WARNING, "a");
    assertThat(shown.toString(UTF_8)).isEqualTo("\u001b[33mroundhouse: a\u001b[0m\n");
  }

  @Test
  void controlCharactersInNamesDoNotReachTheTerminal() {
    messages(Colours.OFF).say(Tone.PLAIN, "\u001b[2Jx\u0007\u009b");
    assertThat(shown.toString(UTF_8)).isEqualTo("roundhouse: \\x1b[2Jx\\x07\\x9b\n");
  }

  private Messages messages(Colours colours) {
    return new Messages(new PrintStream(shown, true, UTF_8), colours);
  }
}
