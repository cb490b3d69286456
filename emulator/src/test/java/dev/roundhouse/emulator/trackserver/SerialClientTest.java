package dev.roundhouse.emulator.trackserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.lines.OutputQueue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialClientTest {
  private final OutputQueue answers =
      new OutputQueue("client", OutputQueue.Peer.PRESENT, line -> {});
  private final SerialClient client = new SerialClient(answers, TrackClient.IN_STEP);

  private void send(int... bytes) throws InterruptedException {
    StringBuilder chunk = new StringBuilder();
    for (int value : bytes) {
      chunk.append((char) value);
    }
    client.awaitRoom(bytes.length);
    client.take(chunk.toString());
  }

  private List<String> commands() {
    List<String> texts = new ArrayList<>();
    while (client.hasNext()) {
      texts.add(client.next().meaning().text());
    }
    return texts;
  }

  @Test
  void bytesBecomeCommandsHoweverTheyAreCut() throws Exception {
    send(10);
    send(24, 34);
    send(5, 32);
    assertThat(commands())
        .containsExactly("train 24: speed 10", "turnout 5: curved", "solenoid off");
  }

  @Test
  void theTurnoutsNumberAfterSolenoidOffIsDropped() throws Exception {
    send(34, 5);
    send(32, 5);
    send(133);
    assertThat(commands())
        .containsExactly("turnout 5: curved", "solenoid off", "read modules 1 to 5");
  }

  @Test
  void theStrayNumberIsSeenInALongerChunkToo() throws Exception {
    send(34, 5, 32, 5, 133);
    assertThat(commands())
        .containsExactly("turnout 5: curved", "solenoid off", "read modules 1 to 5");
    send(33, 153, 32, 153, 10, 24);
    assertThat(commands())
        .containsExactly("turnout 153: straight", "solenoid off", "train 24: speed 10");
  }

  @Test
  void aSpeedAfterSolenoidOffStaysASpeed() throws Exception {
    send(34, 5, 32, 5, 24);
    assertThat(commands()).endsWith("solenoid off", "train 24: speed 5");
    send(34, 5, 32);
    send(5, 24);
    assertThat(commands()).endsWith("solenoid off", "train 24: speed 5");
  }

  @Test
  void whoLeavesReadsNothingMoreButIsObeyed() throws Exception {
    send(133, 10, 24, 133);
    client.leave();
    assertThat(client.isOver()).isFalse();
    assertThat(commands()).containsExactly("train 24: speed 10");
    assertThat(client.isOver()).isTrue();
    client.answer(1);
    assertThat(answers.isEmpty()).isTrue();
  }
}
