package dev.roundhouse.devices.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.TestBoard;
import org.junit.jupiter.api.Test;

class SystemTimerTest {
  private static final long CS = 0xFE003000L;
  private static final long CLO = 0xFE003004L;
  private static final long CHI = 0xFE003008L;
  private static final long C1 = 0xFE003010L;
  private static final long WRAP_NANOS = (1L << 32) * 1000;

  private final TestBoard test = new TestBoard();

  private boolean line(int compare) {
    return (test.read(0xFF841D04L + 2 * 4) >>> compare & 1) != 0;
  }

  @Test
  void theCounterIsVirtualTimeInMicroseconds() {
    test.advanceTo(1_999);
    assertThat(test.read(CLO)).isEqualTo(1);
    test.advanceTo(5 * WRAP_NANOS + 7_000);
    assertThat(test.read(CLO)).isEqualTo(7);
    assertThat(test.read(CHI)).isEqualTo(5);
    assertThat(test.board.bus().read(CLO, 8)).isEqualTo(5L << 32 | 7);
  }

  @Test
  void theCounterIsSteadyUntilItCounts() {
    assertThat(test.board.bus().steadyUntil(CLO, 1_999)).isEqualTo(2_000);
    assertThat(test.board.bus().steadyUntil(CHI, 2_000)).isEqualTo(3_000);
    assertThat(test.board.bus().steadyUntil(CS, 2_000)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aCompareMatchesToTheMicrosecondAndStaysUntilCleared() {
    test.advanceTo(1_500);
    test.write(C1, 10);
    assertThat(test.agenda.nextNanos()).isEqualTo(10_000);
    test.advanceTo(9_999);
    assertThat(line(1)).isFalse();
    test.advanceTo(10_000);
    assertThat(line(1)).isTrue();
    assertThat(test.read(CS)).isEqualTo(2);
    test.write(CS, 0);
    assertThat(line(1)).isTrue();
    test.write(CS, 2);
    assertThat(test.read(CS)).isZero();
    assertThat(line(1)).isFalse();
  }

  @Test
  void aCompareThatHasPassedMatchesAfterTheWrap() {
    test.advanceTo(20_000);
    test.write(C1, 10);
    test.advanceTo(WRAP_NANOS + 10_000 - 1);
    assertThat(line(1)).isFalse();
    test.advance(1);
    assertThat(line(1)).isTrue();
  }

  @Test
  void aCompareMatchesAgainOnEachWrap() {
    test.write(C1, 10);
    test.advanceTo(10_000);
    test.write(CS, 2);
    test.advanceTo(WRAP_NANOS + 10_000);
    assertThat(line(1)).isTrue();
  }

  @Test
  void theFourComparesAreIndependent() {
    for (int n = 0; n < 4; n++) {
      test.write(0xFE00300CL + 4L * n, 10 * (n + 1));
    }
    test.advanceTo(25_000);
    assertThat(test.read(CS)).isEqualTo(3);
    assertThat(line(0)).isTrue();
    assertThat(line(1)).isTrue();
    assertThat(line(2)).isFalse();
    test.write(CS, 1);
    assertThat(line(0)).isFalse();
    assertThat(line(1)).isTrue();
  }

  @Test
  void aCompareLiesAheadForHalfAWrapAndZeroDisarms() {
    SystemTimer timer = test.board.systemTimer();
    test.advanceTo(1_000_000);
    assertThat(timer.compareLiesAhead(1)).isFalse();
    test.write(C1, 1_001);
    assertThat(timer.compareLiesAhead(1)).isTrue();
    test.write(C1, 1_000);
    assertThat(timer.compareLiesAhead(1)).isFalse();
    test.write(C1, 0x800003E7);
    assertThat(timer.compareLiesAhead(1)).isTrue();
    test.write(C1, 999);
    assertThat(timer.compareLiesAhead(1)).isFalse();
    test.advanceTo((1L << 32) * 1000 - 5_000);
    test.write(C1, 0);
    assertThat(timer.compareLiesAhead(1)).isFalse();
  }

  @Test
  void aCompareThatWasNeverWrittenNeverMatches() {
    assertThat(test.agenda.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }
}
