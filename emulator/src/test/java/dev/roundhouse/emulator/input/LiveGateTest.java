package dev.roundhouse.emulator.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveGateTest {
  private static final int ROOM = 1 << 16;
  private final LiveGate gate = new LiveGate(InputLog.none());
  private final List<ExternalInput> entered = new ArrayList<>();

  @Test
  void whatIsOfferedEntersInOrderWhenTheMachineAsks() {
    gate.offer(new ExternalInput.SerialByte(2, 'a'));
    gate.offer(new ExternalInput.SerialEnded(2));
    gate.admit(5, entered::add);
    assertThat(entered)
        .containsExactly(new ExternalInput.SerialByte(2, 'a'), new ExternalInput.SerialEnded(2));
  }

  @Test
  void aPeerFasterThanTheGuestWaitsUntilAByteIsTaken() throws InterruptedException {
    for (int i = 0; i < ROOM; i++) {
      gate.offer(new ExternalInput.SerialByte(2, 'x'));
    }
    Thread peer = Thread.ofPlatform().start(() -> gate.offer(new ExternalInput.SerialByte(2, 'y')));
    peer.join(50);
    assertThat(peer.isAlive()).isTrue();
    gate.admit(0, entered::add);
    gate.taken();
    peer.join();
    gate.admit(0, entered::add);
    assertThat(entered).hasSize(ROOM + 1);
  }

  @Test
  void aUserCanAlwaysStopTheRun() {
    for (int i = 0; i < ROOM; i++) {
      gate.offer(new ExternalInput.SerialByte(2, 'x'));
    }
    gate.offer(new ExternalInput.StopRequest());
    gate.admit(0, entered::add);
    assertThat(entered).last().isEqualTo(new ExternalInput.StopRequest());
  }
}
