package dev.roundhouse.emulator.lines;

import static dev.roundhouse.emulator.lines.SerialLink.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.emulator.lines.SerialSettings.ClearToSend;
import dev.roundhouse.emulator.lines.SerialSettings.Effect;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The line step by step in a time of the test's own; the box behind the port is the test too. */
class SerialLinkTest implements SerialLink.Program {
  private static final long MILLI = 1_000_000;
  private static final int READ_FIVE = 133;

  private final Deque<Integer> program = new ArrayDeque<>();
  private final List<Integer> received = new ArrayList<>();
  private final List<String> signals = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private FakePort port = new FakePort();
  private SerialLink link = link(SerialSettings.PLAIN);
  private long now;

  private SerialLink link(SerialSettings settings) {
    return new SerialLink(
        new SerialLink.Ends("UART3", this::open, this, said::add), settings, port);
  }

  private FakePort open() throws IOException {
    if (port.isLost) {
      throw new IOException("still unplugged");
    }
    return port;
  }

  private void pass(long millis) {
    for (long i = 0; i < millis; i++) {
      link.step(now);
      now += MILLI;
    }
  }

  /** The box takes the byte that was sent: clear to send falls and rises. */
  private void take() {
    pass(5);
    port.isClear = false;
    pass(6);
    port.isClear = true;
    pass(2);
  }

  private void send(int... values) {
    for (int value : values) {
      program.add(value);
    }
  }

  @Test
  void aByteWaitsUntilTheBoxHasTakenTheOneBeforeIt() {
    send(10, 24);
    pass(20);
    assertThat(port.sent).containsExactly(10);
    take();
    assertThat(port.sent).containsExactly(10, 24);
  }

  @Test
  void theProgramSeesTheBoxClearWhenItIsClearAgain() {
    send(96);
    pass(4);
    assertThat(signals).isEmpty();
    take();
    assertThat(signals).containsExactly("ASSERTED 1");
  }

  @Test
  void anEdgeThatIsTooShortToBeSeenHoldsNothingUpForLong() {
    send(192, 96);
    pass(50);
    assertThat(port.sent).containsExactly(192, 96);
  }

  @Test
  void clearToSendThatGoesAwayByItselfIsShownToTheProgram() {
    pass(1);
    port.isClear = false;
    pass(1);
    port.isClear = true;
    pass(1);
    assertThat(signals).containsExactly("NEGATED 0", "ASSERTED 0");
  }

  @Test
  void aProgramThatDoesNotWaitIsToldOnceAndNothingIsLost() {
    send(10, 24, 12, 58);
    pass(1);
    for (int i = 0; i < 4; i++) {
      take();
    }
    assertThat(port.sent).containsExactly(10, 24, 12, 58);
    assertThat(said).singleElement().asString().contains("before the box is clear");
  }

  @Test
  void whatTheBoxAnswersGoesToTheProgram() {
    send(193);
    take();
    port.arrived.addAll(List.of(0x80, 0x01));
    pass(1);
    assertThat(received).containsExactly(0x80, 0x01);
  }

  @Test
  void aLostPortStopsTheTrainsWhenItIsBackAndNothingIsLost() {
    send(10);
    pass(1);
    send(24, 96);
    take();
    assertThat(port.sent).containsExactly(10, 24);
    port.isLost = true;
    pass(1000);
    assertThat(said).anyMatch(line -> line.contains("lost the port (unplugged)"));
    assertThat(port.isClosed).isTrue();
    port = new FakePort();
    pass(300);
    for (int i = 0; i < 5; i++) {
      take();
    }
    assertThat(port.sent).containsExactly(STOP, STOP, 10, 24, 96);
    assertThat(said).last().asString().contains("the port is back; the trains are stopped");
  }

  @Test
  void goIsNotRepeatedOnItsOwn() {
    send(96);
    pass(1);
    port.isLost = true;
    pass(1);
    port = new FakePort();
    pass(300);
    take();
    take();
    assertThat(port.sent).containsExactly(STOP, STOP);
    assertThat(signals).endsWith("ASSERTED 1");
  }

  @Test
  void theProgramIsNotClearWhileThePortIsLost() {
    pass(1);
    port.isLost = true;
    pass(1);
    assertThat(signals).containsExactly("NEGATED 0");
    port = new FakePort();
    pass(300);
    take();
    take();
    assertThat(signals).endsWith("ASSERTED 0");
  }

  @Test
  void aPulledCableCountsAsLostAfterASecond() {
    pass(10);
    port.isClear = false;
    pass(900);
    assertThat(said).isEmpty();
    pass(200);
    assertThat(said).singleElement().asString().contains("not clear to send for a second");
    send(96);
    port.isClear = true;
    pass(2);
    assertThat(port.sent).containsExactly(STOP);
    take();
    take();
    assertThat(port.sent).containsExactly(STOP, STOP, 96);
  }

  @Test
  void anAnswerThatWasCutIsAskedForAgainAndGivenOnce() {
    send(READ_FIVE);
    take();
    port.arrived.addAll(List.of(1, 2, 3));
    pass(1);
    port.isLost = true;
    pass(1);
    port = new FakePort();
    pass(300);
    take();
    take();
    assertThat(port.sent).containsExactly(STOP, STOP, READ_FIVE);
    port.arrived.addAll(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    pass(2);
    assertThat(received).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void aLineThatComesAndGoesCollectsNoStops() {
    send(10);
    pass(1);
    for (int i = 0; i < 5; i++) {
      port.isLost = true;
      pass(300);
      port = new FakePort();
      pass(300);
    }
    for (int i = 0; i < 4; i++) {
      take();
    }
    assertThat(port.sent).containsExactly(STOP, STOP, 10);
  }

  @Test
  void stoppingSendsStopTwiceAndNothingElse() {
    send(10, 24);
    pass(1);
    link.beginStop();
    take();
    take();
    assertThat(link.isStopped()).isFalse();
    take();
    assertThat(port.sent).containsExactly(10, STOP, STOP);
    assertThat(link.isStopped()).isTrue();
  }

  @Test
  void stopWaitsForTheEndOfAnAnswerBecauseTheBoxDoesNotHearMeanwhile() {
    send(READ_FIVE);
    take();
    link.beginStop();
    pass(50);
    assertThat(port.sent).containsExactly(READ_FIVE);
    port.arrived.addAll(List.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    pass(2);
    assertThat(port.sent).containsExactly(READ_FIVE, STOP);
  }

  @Test
  void anAnswerThatNeverComesDoesNotKeepStopBack() {
    send(READ_FIVE);
    take();
    link.beginStop();
    pass(300);
    assertThat(port.sent).startsWith(READ_FIVE, STOP);
  }

  @Test
  void theSpeedCapHoldsForSpeedsAloneAndKeepsTheLight() {
    link =
        link(
            new SerialSettings(
                ClearToSend.REQUIRE, OptionalInt.of(8), OptionalInt.empty(), Effect.REAL));
    send(14, 14, 30, 24, 5, 24, 15, 24, 34, 14);
    for (int i = 0; i < 10; i++) {
      take();
    }
    assertThat(port.sent).containsExactly(8, 14, 24, 24, 5, 24, 15, 24, 34, 14);
    assertThat(said).anyMatch(line -> line.contains("speed 14 becomes 8"));
  }

  @Test
  void aDryRunReadsSensorsAndStopsAndMovesNothing() {
    link =
        link(
            new SerialSettings(
                ClearToSend.REQUIRE, OptionalInt.empty(), OptionalInt.empty(), Effect.DRY_RUN));
    send(96, 10, 24, 34, 5, 32, 192, 193, 97);
    for (int i = 0; i < 12; i++) {
      take();
      port.arrived.add(0);
    }
    assertThat(port.sent).containsExactly(192, 193, 97);
    assertThat(said)
        .contains(
            "UART3: dry run, not sent: go: power on",
            "UART3: dry run, not sent: train 24: speed 10",
            "UART3: dry run, not sent: turnout 5: curved",
            "UART3: dry run, not sent: solenoid off");
    assertThat(signals).last().isEqualTo("ASSERTED 9");
  }

  @Test
  void theRateIsKept() {
    link =
        link(
            new SerialSettings(
                ClearToSend.IGNORE, OptionalInt.empty(), OptionalInt.of(10), Effect.REAL));
    send(1, 24, 2, 24, 3, 24);
    pass(399);
    assertThat(port.sent).containsExactly(1, 24, 2, 24);
  }

  @Test
  void withoutClearToSendBytesKeepADistance() {
    link =
        link(
            new SerialSettings(
                ClearToSend.IGNORE, OptionalInt.empty(), OptionalInt.empty(), Effect.REAL));
    port.isClear = false;
    send(1, 24, 2);
    pass(14);
    assertThat(port.sent).containsExactly(1);
    pass(2);
    assertThat(port.sent).containsExactly(1, 24);
  }

  @Override
  public OptionalInt next() {
    Integer first = program.poll();
    return first == null ? OptionalInt.empty() : OptionalInt.of(first);
  }

  @Override
  public boolean hasNext() {
    return !program.isEmpty();
  }

  @Override
  public void received(int value) {
    received.add(value);
  }

  @Override
  public void clearToSend(Signal state, long taken) {
    signals.add(state + " " + taken);
  }
}
