package dev.roundhouse.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.ReplayGate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookoutTest {
  private static final long LOOK = new Pacer.Unpaced().lookNanos();
  private final LiveGate gate = new LiveGate(InputLog.none());
  private long wallNanos;
  private long ringsAt;
  private Runnable bell = () -> {};
  private final WallClock wall =
      new WallClock() {
        @Override
        public long elapsedNanos() {
          return wallNanos;
        }

        @Override
        public void sleep(long nanos) {
          wallNanos += nanos;
        }

        @Override
        public Bell ringAt(long elapsedNanos, Runnable action) {
          ringsAt = elapsedNanos;
          bell = action;
          return Bell.NONE;
        }
      };
  private final SerialLines lines =
      new SerialLines(
          Bcm2711.create(new VirtualClock(), new Agenda(), new SilentTrace(), (where, what) -> {}),
          Map.of());

  private Lookout lookout(RunLimits limits) {
    return new Lookout(gate, lines, new Pacer.Unpaced(), wall, limits);
  }

  @Test
  void itLooksAgainAfterAFixedStretchOfVirtualTime() {
    Lookout lookout = lookout(RunLimits.NONE);
    lookout.look(1_000);
    assertThat(lookout.nextNanos()).isEqualTo(1_000 + LOOK);
  }

  @Test
  void aRequestToStopEndsTheRunAtTheNextLook() {
    Lookout lookout = lookout(RunLimits.NONE);
    lookout.look(0);
    gate.offer(new ExternalInput.StopRequest());
    lookout.lookIfDue(LOOK - 1);
    assertThat(lookout.end()).isNull();
    lookout.lookIfDue(LOOK);
    assertThat(lookout.end()).isEqualTo(new RunEnd.Stopped());
  }

  @Test
  void theLimitOfVirtualTimeIsLookedAtWhenItIsReached() {
    Lookout lookout = lookout(new RunLimits(700, Long.MAX_VALUE));
    lookout.look(0);
    assertThat(lookout.nextNanos()).isEqualTo(700);
    lookout.lookIfDue(700);
    assertThat(lookout.end()).isEqualTo(new RunEnd.VirtualTimeout());
  }

  @Test
  void theLimitOfRealTimeEndsTheRun() {
    Lookout lookout = lookout(new RunLimits(Long.MAX_VALUE, 50));
    wallNanos = 50;
    lookout.look(3);
    assertThat(lookout.end()).isEqualTo(new RunEnd.WallTimeout());
    assertThat(lookout.isOver()).isTrue();
  }

  @Test
  void theLimitOfRealTimeCallsFromGuestCode() {
    Lookout lookout = lookout(new RunLimits(Long.MAX_VALUE, 50));
    CountedBudget processor = new CountedBudget();
    lookout.call().reach(processor);
    lookout.look(3);
    assertThat(ringsAt).isEqualTo(50);
    wallNanos = 50;
    bell.run();
    assertThat(processor.isCalled).isTrue();
    assertThat(lookout.nextNanos()).isZero();
    lookout.lookIfDue(4);
    assertThat(processor.isCalled).isFalse();
    assertThat(lookout.end()).isEqualTo(new RunEnd.WallTimeout());
  }

  @Test
  void aCallForNothingChangesNothing() {
    Lookout lookout = lookout(RunLimits.NONE);
    lookout.look(0);
    lookout.call().call();
    lookout.lookIfDue(7);
    assertThat(lookout.end()).isNull();
    assertThat(lookout.mustLeave()).isFalse();
    assertThat(lookout.nextNanos()).isEqualTo(7 + LOOK);
  }

  @Test
  void aCallBeforeThereIsAProcessorReachesIt() {
    Lookout lookout = lookout(RunLimits.NONE);
    lookout.call().call();
    CountedBudget processor = new CountedBudget();
    lookout.call().reach(processor);
    assertThat(processor.isCalled).isTrue();
  }

  @Test
  void aRequestToStopCallsFromGuestCode() {
    Lookout lookout = lookout(RunLimits.NONE);
    gate.whenStopIsWanted(lookout.call()::call);
    lookout.look(0);
    gate.offer(new ExternalInput.SerialByte(0, 'x'));
    assertThat(lookout.nextNanos()).isEqualTo(LOOK);
    gate.offer(new ExternalInput.StopRequest());
    assertThat(lookout.nextNanos()).isZero();
  }

  @Test
  void noTimeIsSkippedWhenRealTimeIsOver() {
    Lookout lookout = lookout(new RunLimits(Long.MAX_VALUE, 50));
    assertThat(lookout.idle(3, 9_000)).isEqualTo(9_000);
    wallNanos = 50;
    assertThat(lookout.idle(9_000, Long.MAX_VALUE)).isEqualTo(9_000);
  }

  @Test
  void theFirstEndCounts() {
    Lookout lookout = lookout(new RunLimits(1, Long.MAX_VALUE));
    lookout.endWith(new RunEnd.Stopped());
    lookout.look(5);
    assertThat(lookout.end()).isEqualTo(new RunEnd.Stopped());
  }

  @Test
  void aReplayLooksExactlyWhenInputEntered() {
    ReplayGate replay =
        new ReplayGate(
            List.of(new ReplayGate.Stamped(1_234, new ExternalInput.StopRequest())),
            InputLog.none());
    Lookout lookout = new Lookout(replay, lines, new Pacer.Unpaced(), wall, RunLimits.NONE);
    lookout.look(0);
    assertThat(lookout.nextNanos()).isEqualTo(1_234);
    assertThat(lookout.idle(0, Long.MAX_VALUE)).isEqualTo(1_234);
    lookout.lookIfDue(1_234);
    assertThat(lookout.end()).isEqualTo(new RunEnd.Stopped());
  }

  @Test
  void realTimeHoldsVirtualTimeBack() {
    Pacer pacer = new Pacer.RealTime(wall, gate);
    pacer.keepPace(5_000_000);
    assertThat(wallNanos).isEqualTo(5_000_000);
  }

  @Test
  void realTimeNeverTurnsVirtualTimeBack() {
    wallNanos = 10;
    assertThat(new Pacer.RealTime(wall, gate).idle(500, 500)).isEqualTo(500);
  }

  @Test
  void aShortPauseOfTheHostIsCaughtUp() {
    wallNanos = 200_000_000;
    assertThat(new Pacer.RealTime(wall, gate).idle(0, 9_000_000_000L)).isEqualTo(200_000_000);
  }

  @Test
  void afterALongPauseVirtualTimeDoesNotRush() {
    Pacer pacer = new Pacer.RealTime(wall, gate);
    pacer.keepPace(1_000);
    wallNanos = 60_000_000_000L;
    gate.offer(new ExternalInput.StopRequest());
    assertThat(pacer.idle(1_000, 9_000_000_000L)).isEqualTo(1_000);
    wallNanos += 5_000_000;
    assertThat(pacer.idle(1_000, 9_000_000_000L)).isEqualTo(5_001_000);
  }

  @Test
  void idleRealTimeGoesOnWhenInputComes() {
    wallNanos = 1_000;
    gate.offer(new ExternalInput.StopRequest());
    assertThat(new Pacer.RealTime(wall, gate).idle(400, 9_000_000)).isEqualTo(1_000);
  }
}
