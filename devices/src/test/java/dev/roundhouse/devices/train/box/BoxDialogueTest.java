package dev.roundhouse.devices.train.box;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoxDialogueTest {
  private final BoxDialogue dialogue = new BoxDialogue();

  private List<String> toBox(int... bytes) {
    List<String> meanings = new ArrayList<>();
    for (int value : bytes) {
      meanings.add(dialogue.toBox(value));
    }
    return meanings;
  }

  @Test
  void everyKindOfCommandHasItsWords() {
    assertThat(toBox(26, 24, 15, 24, 68, 24, 34, 153, 32, 33, 0, 96, 97, 192, 128, 197))
        .containsExactly(
            "speed 10; the train follows",
            "train 24: speed 10, light on",
            "change direction; the train follows",
            "train 24: change direction",
            "functions; the train follows",
            "train 24: functions f3",
            "curved; the turnout follows",
            "turnout 153: curved",
            "solenoid off",
            "straight; the turnout follows",
            "turnout 256: straight",
            "go: power on",
            "stop: power off",
            "sensors: reset mode on",
            "sensors: reset mode off",
            "read module 5");
  }

  @Test
  void whatIsNoCommandIsSaidSo() {
    assertThat(toBox(40, 10, 97))
        .containsExactly(
            "byte 40 is no command",
            "speed 10; the train follows",
            "command 10 for locomotive 97, which cannot exist");
  }

  @Test
  void contactsAreNamedInTheOrderOfTheModulesThatWereRead() {
    toBox(193, 130);
    assertThat(dialogue.awaitedBytes()).isEqualTo(6);
    assertThat(dialogue.fromBox(0x80)).isEqualTo("module 1, contacts 1 to 8: A1");
    assertThat(dialogue.fromBox(0x01)).isEqualTo("module 1, contacts 9 to 16: A16");
    assertThat(dialogue.fromBox(0)).isEqualTo("module 1, contacts 1 to 8: none");
    dialogue.fromBox(0);
    assertThat(dialogue.fromBox(0x06)).isEqualTo("module 2, contacts 1 to 8: B6 B7");
    dialogue.fromBox(0);
    assertThat(dialogue.fromBox(5)).isEqualTo("nothing was asked");
  }

  @Test
  void modulesBeyondTheAlphabetHaveNumbers() {
    toBox(192 + 27);
    assertThat(dialogue.fromBox(0xA0)).isEqualTo("module 27, contacts 1 to 8: 27.1 27.3");
  }

  @Test
  void nobodyCanMakeItRememberWithoutLimit() {
    for (int i = 0; i < 100_000; i++) {
      dialogue.toBox(159);
    }
    assertThat(dialogue.awaitedBytes()).isLessThan(5000);
  }
}
