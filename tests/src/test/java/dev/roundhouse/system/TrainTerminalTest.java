package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.run.RunEnd;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kernels that do what the train kernels of CS452 do, by the devices of two generations. */
class TrainTerminalTest {
  private static final String KEYS = "tr 24 10\rwait 9\rsw 6 c\rrv 24\rwait 12\rq\r";
  private static final Pattern CLOCK = Pattern.compile("time (\\d\\d:\\d\\d\\.\\d)");
  private static final Pattern SENSORS = Pattern.compile("sensors ([A-E0-9 ]*)");

  @ParameterizedTest
  @CsvSource({"train_terminal.elf, 0, 3", "train_terminal_spi.elf, 6, 7"})
  void aTrainKernelShowsItsScreenTakesKeysKeepsTimeAndDrivesATrain(
      String file, int terminal, int box) throws KernelImageException {
    TrainSetPlan trains = TrainSetPlan.on(Layout.trackA()).train(24, "C13").plan();
    KernelRun boot = KernelRun.bundled(file).line(terminal, KEYS).trainSet(box, trains);
    KernelRun.Outcome outcome = boot.run();
    String screen = boot.sentBy(terminal);
    assertThat(outcome.result().end()).isInstanceOf(RunEnd.Rebooted.class);
    assertThat(outcome.result().at().toString()).startsWith("21.0");
    assertThat(last(CLOCK, screen)).isIn("00:20.9", "00:21.0");
    assertThat(screen).contains("done: tr 24 10", "done: sw 6 c", "done: rv 24");
    // There, over D11 and back again over its other side, the last one first.
    assertThat(last(SENSORS, screen)).contains("D8 D10 E11 D12 D11 E12 D9");
    assertThat(outcome.warnings()).isEmpty();
  }

  private static String last(Pattern pattern, String screen) {
    List<String> all = pattern.matcher(screen).results().map(match -> match.group(1)).toList();
    assertThat(all).isNotEmpty();
    return all.getLast();
  }
}
