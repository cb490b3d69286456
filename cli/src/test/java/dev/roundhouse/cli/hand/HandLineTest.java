package dev.roundhouse.cli.hand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.cli.hand.HandBox.Sent;
import dev.roundhouse.cli.hand.Keyboard.Wish;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandLineTest {
  private final HandLine lines = new HandLine(new MarklinHandBox());

  private List<Integer> bytes(String line) throws HandLine.RefusedException {
    return lines.bytes(line).stream().map(Sent::value).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "speed 24 8, 24 24",
    "'  speed  24   0 ', 16 24",
    "reverse 24, 31 24",
    "switch 7 c, 34 7 32",
    "switch 256 straight, 33 0 32",
    "stop, 97 97",
    "go, 96",
    "sensors, 133",
    "96 10 24 0x85, 96 10 24 133",
    "go; speed 24 8; switch 7 s, 96 24 24 33 7 32",
    "'', ''"
  })
  void aLineBecomesBytes(String line, String expected) throws HandLine.RefusedException {
    assertThat(String.join(" ", bytes(line).stream().map(String::valueOf).toList()))
        .isEqualTo(expected);
  }

  @Test
  void aSolenoidIsOnForAFifthOfASecond() throws HandLine.RefusedException {
    assertThat(lines.bytes("switch 7 c"))
        .extracting(Sent::pauseNanos)
        .containsExactly(0L, 0L, 200_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "96 10 x4, 'x4' is no byte",
    "96 10 256, '256' is no byte",
    "96 10, it ends in the middle of a command: 10 wants an address",
    "speed 24 15, '15' is no speed: give a number from 0 to 14",
    "speed 81 3, '81' is no train: give a number from 1 to 80",
    "speed 24, speed takes 2 words more: speed 24 8",
    "switch 257 c, '257' is no turnout",
    "switch 7 x, 'x' is no position: s or c",
    "go; sped 24 8, 'sped' is not known",
    "go;, '' is not known",
    "stop now, stop takes 0 words more",
    "10 24 speed 24 8, 'speed' is no byte"
  })
  void aLineWithOneWrongWordIsRefusedWhole(String line, String why) {
    assertThatThrownBy(() -> bytes(line))
        .isInstanceOf(HandLine.RefusedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aLineWithoutEndIsRefused() {
    assertThatThrownBy(() -> bytes("96 ".repeat(2000))).hasMessageContaining("longer than");
  }

  private static List<Wish> wishes(Keyboard keyboard, String keys) {
    List<Wish> wishes = new ArrayList<>();
    keys.chars().forEach(key -> keyboard.take(key).ifPresent(wishes::add));
    return wishes;
  }

  @Test
  void aKeyStopsTheTrainsAndForgetsWhatWasTyped() {
    Keyboard keyboard = new Keyboard(Keyboard.Kind.TERMINAL);
    assertThat(wishes(keyboard, "speed 24 1\u001b")).containsExactly(new Wish.EmergencyStop());
    assertThat(keyboard.typed()).isEmpty();
  }

  @Test
  void keysMakeLinesThatCanBeCorrected() {
    assertThat(
            wishes(
                new Keyboard(Keyboard.Kind.TERMINAL), "spx\u007feed 1 2\r\u0015go\r\u0004\u0003"))
        .containsExactly(
            new Wish.Line("speed 1 2"), new Wish.Line("go"), new Wish.NoMore(), new Wish.End());
  }

  @Test
  void aPipesLastLineNeedsNoEnd() {
    Keyboard keyboard = new Keyboard(Keyboard.Kind.PIPE);
    assertThat(wishes(keyboard, "96\n97")).containsExactly(new Wish.Line("96"));
    assertThat(keyboard.ended()).contains(new Wish.Line("97"));
  }

  @ParameterizedTest
  @CsvSource({
    "speed 14 10, 000CC3000600 00000E00010000 0008C3000600 00000E02B60000",
    "reverse 14, 000AC3000500 00000E03000000",
    "switch 5 s, 0016C3000600 00300401010000",
    "stop, 0000C30005000000 0000000000",
    "sensors, 0020C30005000000 0005000000",
    "0000C300#0000000001, 0000C30005000000 0001000000"
  })
  void aLineBecomesFramesOfAStation(String line, String expected) throws HandLine.RefusedException {
    StringBuilder hex = new StringBuilder();
    for (Sent sent : new HandLine(new StationHandBox()).bytes(line)) {
      hex.append("%02X".formatted(sent.value()));
    }
    assertThat(hex.toString()).isEqualTo(expected.replace(" ", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "96 10 24, '96' is no frame",
    "0000C300#000000000102030405, is no frame",
    "123#00, is no data frame with an id of 29 bits",
    "0000C300#R4, is no data frame",
    "FFFFFFFF#00, is not known",
    "3FFFFFFF#00, no CAN frame",
    "speed 256 1, '256' is no train",
    "switch 321 c, '321' is no turnout"
  })
  void whatIsNoFrameIsRefused(String line, String why) {
    assertThatThrownBy(() -> new HandLine(new StationHandBox()).bytes(line))
        .isInstanceOf(HandLine.RefusedException.class)
        .hasMessageContaining(why);
  }
}
