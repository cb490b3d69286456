package dev.roundhouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

class AgendaFuzzTest {
  private static final int ALARMS = 40;
  private static final int LATEST = 50;

  /** When an alarm was set for, and the how-manieth setting that was. */
  private record Setting(int alarm, long at, int order) {}

  @FuzzTest
  void alarmsFallDueByTimeAndThenByTheOrderOfSetting(FuzzedDataProvider input) {
    Agenda agenda = new Agenda();
    List<Integer> fallen = new ArrayList<>();
    List<Alarm> alarms = new ArrayList<>();
    for (int i = 0; i < ALARMS; i++) {
      int number = i;
      alarms.add(agenda.alarm("alarm " + i, at -> fallen.add(number)));
    }
    List<Setting> expected = new ArrayList<>();
    for (int order = 0; input.remainingBytes() > 0; order++) {
      int chosen = input.consumeInt(0, ALARMS - 1);
      expected.removeIf(setting -> setting.alarm() == chosen);
      if (input.consumeBoolean()) {
        long at = input.consumeInt(0, LATEST);
        alarms.get(chosen).setAt(at);
        expected.add(new Setting(chosen, at, order));
      } else {
        alarms.get(chosen).cancel();
      }
    }
    agenda.runDue(LATEST);
    expected.sort(Comparator.comparingLong(Setting::at).thenComparingInt(Setting::order));
    assertThat(fallen).isEqualTo(expected.stream().map(Setting::alarm).toList());
  }
}
