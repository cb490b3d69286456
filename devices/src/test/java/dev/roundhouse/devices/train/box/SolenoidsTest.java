package dev.roundhouse.devices.train.box;

import static dev.roundhouse.devices.train.box.BoxBench.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SolenoidsTest {
  /** From a byte's being heard, from which on its solenoid is on, to the end of its frame. */
  private static final long SINCE_HEARD = BoxBench.FRAME - BoxBench.HEARD;

  private final BoxBench bench = BoxBench.steady();

  @Test
  void aTurnoutHasMovedWhenItsSolenoidWasOnForLongEnough() {
    bench.send(34, 5);
    bench.advance(60 * MILLI - SINCE_HEARD - 1);
    assertThat(bench.acts).isEmpty();
    bench.advance(1);
    assertThat(bench.acts).containsExactly("turnout 5 CURVED");
  }

  @Test
  void switchingOffAfter75MillisecondsIsEnough() {
    bench.send(34, 5);
    bench.advance(75 * MILLI);
    bench.send(32);
    assertThat(bench.acts).containsExactly("turnout 5 CURVED");
    bench.advance(1000 * MILLI);
    assertThat(bench.warnings).isEmpty();
  }

  /** As teams' kernels do, whose turnouts moved on the real tracks. */
  @Test
  void aTurnoutMovesThoughTheNextCommandFollowsAtOnce() {
    bench.send(34, 5, 33, 6, 34, 7, 32);
    bench.advance(60 * MILLI);
    assertThat(bench.acts)
        .containsExactly("turnout 5 CURVED", "turnout 6 STRAIGHT", "turnout 7 CURVED");
    bench.advance(1000 * MILLI);
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void theLastCommandToATurnoutWins() {
    bench.send(34, 5, 33, 5, 32);
    bench.advance(200 * MILLI);
    assertThat(bench.acts).containsExactly("turnout 5 STRAIGHT");
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void aSlowTurnoutWhoseSolenoidIsSwitchedOffTooSoonDoesNotMove() {
    bench.throwNanos = 300 * MILLI;
    bench.send(34, 5, 32);
    bench.advance(1000 * MILLI);
    assertThat(bench.acts).isEmpty();
    assertThat(bench.warnings).singleElement().asString().contains("turnout 5", "has not moved");
  }

  @Test
  void theNextTurnoutsCommandEndsThePreviousCurrent() {
    bench.send(34, 5);
    bench.advance(300 * MILLI);
    bench.send(33, 6);
    bench.advance(300 * MILLI);
    bench.send(32);
    bench.advance(1000 * MILLI);
    assertThat(bench.acts).containsExactly("turnout 5 CURVED", "turnout 6 STRAIGHT");
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void aSolenoidLeftOnForMoreThan500MillisecondsIsReported() {
    bench.send(34, 5);
    bench.advance(500 * MILLI - SINCE_HEARD - 1);
    assertThat(bench.warnings).isEmpty();
    bench.advance(1);
    assertThat(bench.warnings).singleElement().asString().contains("turnout 5", "overheats");
  }

  @Test
  void switchingOffWithNothingOnDoesNothing() {
    bench.send(32, 32);
    assertThat(bench.acts).isEmpty();
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void stopTakesTheCurrentFromTheSolenoidToo() {
    bench.send(34, 5);
    bench.advance(100 * MILLI);
    bench.send(97);
    bench.advance(1000 * MILLI);
    assertThat(bench.warnings).isEmpty();
  }
}
