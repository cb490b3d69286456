package dev.roundhouse.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.ReplayGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunControlTest {
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

  private RunControl control(RunLimits limits) {
    return new RunControl(gate, lines, new Pacer.Unpaced(), wall, limits);
  }

  @Test
  void itLooksAgainAfterAFixedStretchOfVirtualTime() {
    RunControl control = control(RunLimits.NONE);
    control.look(1_000);
    assertThat(control.nextNanos()).isEqualTo(1_000 + LOOK);
  }

  @Test
  void aRequestToStopEndsTheRunAtTheNextLook() {
    RunControl control = control(RunLimits.NONE);
    control.look(0);
    gate.offer(new ExternalInput.StopRequest());
    control.lookIfDue(LOOK - 1);
    assertThat(control.end()).isEmpty();
    control.lookIfDue(LOOK);
    assertThat(control.end()).contains(new RunEnd.Stopped());
  }

  @Test
  void theLimitOfVirtualTimeIsLookedAtWhenItIsReached() {
    RunControl control = control(new RunLimits(700, Long.MAX_VALUE));
    control.look(0);
    assertThat(control.nextNanos()).isEqualTo(700);
    control.lookIfDue(700);
    assertThat(control.end()).contains(new RunEnd.VirtualTimeout());
  }

  @Test
  void theLimitOfRealTimeEndsTheRun() {
    RunControl control = control(new RunLimits(Long.MAX_VALUE, 50));
    wallNanos = 50;
    control.look(3);
    assertThat(control.end()).contains(new RunEnd.WallTimeout());
    assertThat(control.isOver()).isTrue();
  }

  @Test
  void theLimitOfRealTimeCallsFromGuestCode() {
    RunControl control = control(new RunLimits(Long.MAX_VALUE, 50));
    CountedBudget processor = new CountedBudget();
    control.call().reach(processor);
    control.look(3);
    assertThat(ringsAt).isEqualTo(50);
    wallNanos = 50;
    bell.run();
    assertThat(processor.isCalled).isTrue();
    assertThat(control.nextNanos()).isZero();
    control.lookIfDue(4);
    assertThat(processor.isCalled).isFalse();
    assertThat(control.end()).contains(new RunEnd.WallTimeout());
  }

  @Test
  void aCallForNothingChangesNothing() {
    RunControl control = control(RunLimits.NONE);
    control.look(0);
    control.call().call();
    control.lookIfDue(7);
    assertThat(control.end()).isEmpty();
    assertThat(control.mustLeave()).isFalse();
    assertThat(control.nextNanos()).isEqualTo(7 + LOOK);
  }

  @Test
  void aCallBeforeThereIsAProcessorReachesIt() {
    RunControl control = control(RunLimits.NONE);
    control.call().call();
    CountedBudget processor = new CountedBudget();
    control.call().reach(processor);
    assertThat(processor.isCalled).isTrue();
  }

  @Test
  void aRequestToStopCallsFromGuestCode() {
    RunControl control = control(RunLimits.NONE);
    gate.whenStopIsWanted(control.call()::call);
    control.look(0);
    gate.offer(new ExternalInput.SerialByte(0, 'x'));
    assertThat(control.nextNanos()).isEqualTo(LOOK);
    gate.offer(new ExternalInput.StopRequest());
    assertThat(control.nextNanos()).isZero();
  }

  @Test
  void noTimeIsSkippedWhenRealTimeIsOver() {
    RunControl control = control(new RunLimits(Long.MAX_VALUE, 50));
    assertThat(control.idle(3, 9_000)).isEqualTo(9_000);
    wallNanos = 50;
    assertThat(control.idle(9_000, Long.MAX_VALUE)).isEqualTo(9_000);
  }

  @Test
  void theFirstEndCounts() {
    RunControl control = control(new RunLimits(1, Long.MAX_VALUE));
    control.endWith(new RunEnd.Stopped());
    control.look(5);
    assertThat(control.end()).contains(new RunEnd.Stopped());
  }

  @Test
  void aReplayLooksExactlyWhenInputEntered() {
    ReplayGate replay =
        new ReplayGate(
            List.of(new ReplayGate.Stamped(1_234, new ExternalInput.StopRequest())),
            InputLog.none());
    RunControl control = new RunControl(replay, lines, new Pacer.Unpaced(), wall, RunLimits.NONE);
    control.look(0);
    assertThat(control.nextNanos()).isEqualTo(1_234);
    assertThat(control.idle(0, Long.MAX_VALUE)).isEqualTo(1_234);
    control.lookIfDue(1_234);
    assertThat(control.end()).contains(new RunEnd.Stopped());
  }

  @Test
  void realTimeHoldsVirtualTimeBack() {
    Pacer pacer = new Pacer.RealTime(wall, gate, _ -> {});
    pacer.keepPace(5_000_000);
    assertThat(wallNanos).isEqualTo(5_000_000);
  }

  @Test
  void realTimeNeverTurnsVirtualTimeBack() {
    wallNanos = 10;
    assertThat(new Pacer.RealTime(wall, gate, _ -> {}).idle(500, 500)).isEqualTo(500);
  }

  @Test
  void aShortPauseOfTheHostIsCaughtUp() {
    wallNanos = 200_000_000;
    assertThat(new Pacer.RealTime(wall, gate, _ -> {}).idle(0, 9_000_000_000L))
        .isEqualTo(200_000_000);
  }

  @Test
  void afterALongPauseVirtualTimeDoesNotRush() {
    Pacer pacer = new Pacer.RealTime(wall, gate, _ -> {});
    pacer.keepPace(1_000);
    wallNanos = 60_000_000_000L;
    gate.offer(new ExternalInput.StopRequest());
    assertThat(pacer.idle(1_000, 9_000_000_000L)).isEqualTo(1_000);
    wallNanos += 5_000_000;
    assertThat(pacer.idle(1_000, 9_000_000_000L)).isEqualTo(5_001_000);
  }

  @Test
  void realTimeThatCannotBeKeptIsSaidOnce() {
    List<String> said = new ArrayList<>();
    Pacer pacer = new Pacer.RealTime(wall, gate, said::add);
    wallNanos = 400_000_000;
    pacer.keepPace(0);
    assertThat(said).isEmpty();
    wallNanos = 2_500_000_000L;
    pacer.keepPace(1_000);
    wallNanos = 9_000_000_000L;
    pacer.keepPace(2_000);
    assertThat(said).singleElement().asString().contains("cannot be kept", "2.5 s late");
  }

  @Test
  void idleRealTimeGoesOnWhenInputComes() {
    wallNanos = 1_000;
    gate.offer(new ExternalInput.StopRequest());
    assertThat(new Pacer.RealTime(wall, gate, _ -> {}).idle(400, 9_000_000)).isEqualTo(1_000);
  }
}
