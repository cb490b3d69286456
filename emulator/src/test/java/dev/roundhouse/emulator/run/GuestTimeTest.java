package dev.roundhouse.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestTimeTest {
  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final CountedBudget budget = new CountedBudget();
  private long rate = 2;
  private final GuestTime time = new GuestTime(clock, agenda, budget, () -> rate);
  private final List<Long> due = new ArrayList<>();
  private final Alarm alarm = agenda.alarm("test", due::add);

  @Test
  void anInstructionTakesItsNanoseconds() {
    budget.counted = 50;
    time.catchUp();
    assertThat(clock.nanos()).isEqualTo(100);
    assertThat(time.instructions()).isEqualTo(50);
  }

  @Test
  void aBlockThatHasNotRunYetTakesNoTime() {
    budget.counted = 50;
    time.catchUpWithout(10);
    assertThat(clock.nanos()).isEqualTo(80);
    assertThat(time.instructions()).isEqualTo(40);
  }

  @Test
  void aNewRateIsOfWhatIsExecutedNext() {
    budget.counted = 50;
    rate = 30;
    time.catchUp();
    assertThat(clock.nanos()).isEqualTo(100);
    budget.counted = 2;
    time.catchUp();
    assertThat(clock.nanos()).isEqualTo(160);
  }

  @Test
  void anAlarmFallsDueWhenTimeHasReachedItAndNotBefore() {
    alarm.setAt(100);
    budget.counted = 49;
    time.catchUp();
    assertThat(due).isEmpty();
    budget.counted = 1;
    time.catchUp();
    assertThat(due).containsExactly(100L);
  }

  @Test
  void theProcessorIsGivenUntilTheNextAlarm() {
    alarm.setAt(100);
    time.plan(1_000);
    assertThat(budget.granted).isEqualTo(50);
  }

  @Test
  void theProcessorIsGivenUntilTheLimitWhenThatComesFirst() {
    alarm.setAt(100);
    time.plan(60);
    assertThat(budget.granted).isEqualTo(30);
  }

  @Test
  void aGrantIsRoundedUpSoThatTheAlarmIsReached() {
    alarm.setAt(101);
    time.plan(1_000);
    assertThat(budget.granted).isEqualTo(51);
  }

  @Test
  void nothingIsGivenOnceTheAlarmIsPast() {
    time.leapTo(500);
    time.plan(400);
    assertThat(budget.granted).isZero();
  }

  @Test
  void workOfTheKernelTakesTime() {
    alarm.setAt(200);
    time.charge(200);
    assertThat(clock.nanos()).isEqualTo(200);
    assertThat(due).containsExactly(200L);
  }

  @Test
  void timeNeverLeapsBack() {
    time.leapTo(500);
    time.leapTo(400);
    assertThat(clock.nanos()).isEqualTo(500);
  }

  @Test
  void pollingGoesOnToTheNextAlarm() {
    alarm.setAt(700);
    assertThat(time.untilNextDeadline()).isTrue();
    assertThat(clock.nanos()).isEqualTo(700);
  }

  @Test
  void pollingWithoutAnyAlarmIsOfNoUse() {
    assertThat(time.untilNextDeadline()).isFalse();
    assertThat(clock.nanos()).isZero();
  }
}
