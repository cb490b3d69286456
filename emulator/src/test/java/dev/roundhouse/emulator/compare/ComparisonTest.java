package dev.roundhouse.emulator.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.boundary.TrackedTask;
import dev.roundhouse.emulator.compare.Comparison.Order;
import dev.roundhouse.emulator.compare.Comparison.Outcome;
import dev.roundhouse.emulator.compare.Comparison.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final TrackedTask ONE = new TrackedTask(1);
  private static final TrackedTask TWO = new TrackedTask(2);

  private static Side over(KernelStep... steps) {
    return side(false, steps);
  }

  private static Side cut(KernelStep... steps) {
    return side(true, steps);
  }

  private static Side side(boolean isCut, KernelStep... steps) {
    StepLog log = new StepLog(100);
    long nanos = 0;
    for (KernelStep step : steps) {
      log.emit(nanos++, step);
    }
    return new Side(log, isCut);
  }

  private static KernelStep calls(TrackedTask task, String call) {
    return new KernelStep.Called(task, call, List.of());
  }

  private static KernelStep gets(TrackedTask task, String call, int result) {
    return new KernelStep.Returned(task, call, result, true, List.of());
  }

  @Test
  void equalRunsAreTheSame() {
    Side run = over(calls(ONE, "send"), gets(ONE, "send", 4));
    assertThat(new Comparison(run, run, Order.OF_ALL).outcome()).isEqualTo(new Outcome.Same(2));
  }

  @Test
  void theFirstOtherResultIsFoundAndMarked() {
    Side model = over(calls(ONE, "send"), gets(ONE, "send", 4), calls(ONE, "exit"));
    Side kernel = over(calls(ONE, "send"), gets(ONE, "send", 5), calls(ONE, "exit"));
    Outcome outcome = new Comparison(model, kernel, Order.OF_ALL).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Different.class);
    Outcome.Different different = (Outcome.Different) outcome;
    assertThat(different.difference().same()).isEqualTo(1);
    assertThat(different.isOrderOnly()).isFalse();
    assertThat(different.difference().lines())
        .anySatisfy(line ->
            assertThat(line)
                .startsWith(">")
                .contains("task 1 returns from send with 4", "task 1 returns from send with 5"));
  }

  @Test
  void anotherOrderOfTasksIsADifferenceOnlyIfTheOrderMatters() {
    Side model = over(calls(ONE, "yield"), calls(TWO, "yield"));
    Side kernel = over(calls(TWO, "yield"), calls(ONE, "yield"));
    Outcome outcome = new Comparison(model, kernel, Order.OF_ALL).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Different.class);
    assertThat(((Outcome.Different) outcome).isOrderOnly()).isTrue();
    assertThat(new Comparison(model, kernel, Order.OF_EACH_TASK).outcome())
        .isEqualTo(new Outcome.Same(2));
  }

  @Test
  void aRunThatEndsEarlierIsDifferentUnlessItWasCutOff() {
    Side all = over(calls(ONE, "send"), calls(TWO, "recv"));
    Side part = over(calls(ONE, "send"));
    assertThat(new Comparison(all, part, Order.OF_ALL).outcome())
        .isInstanceOf(Outcome.Different.class);
    assertThat(new Comparison(all, cut(calls(ONE, "send")), Order.OF_ALL).outcome())
        .isEqualTo(new Outcome.Same(1));
  }

  @Test
  void theIdleTaskIsNoPartOfARun() {
    StepLog log = new StepLog(1);
    log.emit(0, new KernelStep.Started(TrackedTask.idle(0)));
    log.emit(0, calls(ONE, "yield"));
    assertThat(log.steps()).hasSize(1);
  }

  @Test
  void aLogThatIsFullEndsTheRun() {
    StepLog log = new StepLog(1);
    log.emit(0, calls(ONE, "yield"));
    KernelStep more = calls(ONE, "yield");
    assertThatThrownBy(() -> log.emit(1, more)).isInstanceOf(StepLog.Full.class);
  }
}
