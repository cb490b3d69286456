package dev.roundhouse.devices.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private final Agenda agenda = new Agenda();
  private final List<String> ran = new ArrayList<>();

  private Alarm alarm(String name) {
    return agenda.alarm(name, at -> ran.add(name + "@" + at));
  }

  @Test
  void anEmptyAgendaIsNeverDue() {
    assertThat(agenda.nextNanos()).isEqualTo(Long.MAX_VALUE);
    agenda.runDue(Long.MAX_VALUE);
    assertThat(ran).isEmpty();
  }

  @Test
  void alarmsFallDueInOrderOfTimeAndThenOfSetting() {
    Alarm c = alarm("c");
    Alarm a = alarm("a");
    Alarm b = alarm("b");
    a.setAt(10);
    b.setAt(5);
    c.setAt(10);
    assertThat(agenda.nextNanos()).isEqualTo(5);
    agenda.runDue(9);
    assertThat(ran).containsExactly("b@5");
    agenda.runDue(20);
    assertThat(ran).containsExactly("b@5", "a@10", "c@10");
  }

  @Test
  void anAlarmThatIsMovedCountsAsSetAnew() {
    Alarm a = alarm("a");
    Alarm b = alarm("b");
    a.setAt(10);
    b.setAt(10);
    a.setAt(10);
    agenda.runDue(10);
    assertThat(ran).containsExactly("b@10", "a@10");
  }

  @Test
  void aCancelledAlarmDoesNotFallDue() {
    Alarm a = alarm("a");
    a.cancel();
    a.setAt(10);
    assertThat(a.isSet()).isTrue();
    assertThat(a.atNanos()).isEqualTo(10);
    a.cancel();
    assertThat(a.isSet()).isFalse();
    assertThat(a.atNanos()).isEqualTo(Long.MAX_VALUE);
    agenda.runDue(100);
    assertThat(ran).isEmpty();
  }

  @Test
  void anActionMaySetAlarmsThatAreDueInTheSameRun() {
    Alarm[] self = new Alarm[1];
    self[0] =
        agenda.alarm(
            "period",
            at -> {
              ran.add("" + at);
              self[0].setAt(at + 10);
            });
    self[0].setAt(5);
    agenda.runDue(36);
    assertThat(ran).containsExactly("5", "15", "25", "35");
    assertThat(agenda.nextNanos()).isEqualTo(45);
  }

  @Test
  void anyMixtureOfSettingMovingAndCancellingKeepsTheOrder() {
    SplittableRandom random = new SplittableRandom(452);
    record Entry(int alarm, long at, int order) {}
    List<Entry> expected = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    Alarm[] alarms = new Alarm[100];
    for (int n = 0; n < alarms.length; n++) {
      int number = n;
      alarms[n] = agenda.alarm("a", at -> order.add(number));
    }
    for (int step = 0; step < 5000; step++) {
      int n = random.nextInt(alarms.length);
      expected.removeIf(entry -> entry.alarm == n);
      if (random.nextInt(4) == 0) {
        alarms[n].cancel();
      } else {
        long at = random.nextInt(50);
        alarms[n].setAt(at);
        expected.add(new Entry(n, at, step));
      }
    }
    agenda.runDue(50);
    assertThat(order)
        .containsExactlyElementsOf(
            expected.stream()
                .sorted(Comparator.comparingLong(Entry::at).thenComparingInt(Entry::order))
                .map(Entry::alarm)
                .toList());
  }

  @Test
  void theClockDoesNotGoBack() {
    VirtualClock clock = new VirtualClock();
    clock.advanceTo(5);
    clock.advanceTo(5);
    assertThat(clock.now()).isEqualTo(new VirtualTime(5));
    assertThatThrownBy(() -> clock.advanceTo(4)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void timesPrintAsSecondsWithNineDecimals() {
    assertThat(new VirtualTime(1_234_567_890)).hasToString("1.234567890s");
    assertThat(VirtualTime.ofMillis(12_005)).hasToString("12.005000000s");
    assertThat(VirtualTime.ZERO).isLessThan(new VirtualTime(1));
    assertThatThrownBy(() -> new VirtualTime(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VirtualTime.ofMillis(Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void theAlarmsOfAPartGoWithItsOwner() {
    AgendaPart part = agenda.part();
    Alarm gone = part.alarm("gone", at -> ran.add("gone"));
    Alarm stays = alarm("stays");
    gone.setAt(5);
    stays.setAt(10);
    part.end();
    assertThat(gone.isSet()).isFalse();
    gone.setAt(7);
    assertThat(agenda.nextNanos()).isEqualTo(10);
    agenda.runDue(20);
    assertThat(ran).containsExactly("stays@10");
  }

  @Test
  void aPartMayEndWhileOneOfItsAlarmsFallsDue() {
    AgendaPart part = agenda.part();
    Alarm next = part.alarm("next", at -> ran.add("next"));
    Alarm last = part.alarm("last", at -> part.end());
    last.setAt(5);
    next.setAt(5);
    agenda.runDue(20);
    assertThat(ran).isEmpty();
    assertThat(agenda.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }
}
