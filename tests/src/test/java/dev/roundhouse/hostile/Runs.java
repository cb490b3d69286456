package dev.roundhouse.hostile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines: what is run on a mutant, and what examples of recordings are made of. */
final class Runs {
  private static final String KERNELS =
      "../firmware-images/src/main/resources/dev/roundhouse/firmware/kernels/";
  private static final String TRAIN_TERMINAL = KERNELS + "train_terminal.elf";
  private static final String DRIVING = "tr 24 14\rsw 6 c\rrv 24\rtr 24 5\r";
  private static final List<String> SHORT = List.of("--timeout", "5ms", "--wall-timeout", "2s");
  private static final List<String> LONGER = List.of("--timeout", "1s", "--wall-timeout", "2s");

  /** A command line and what its standard input has. */
  record Run(List<String> words, String input) {
    private static Run of(String input, List<String> limits, String... words) {
      List<String> all = new ArrayList<>(List.of(words));
      all.addAll(limits);
      return new Run(all, input);
    }
  }

  /** Short, for a replay has no limit of its own: damaged code may take as long as the run. */
  static final List<Run> OF_PROGRAMS =
      List.of(
          Run.of("", List.of(), "run", "hello.elf"),
          Run.of("Mind the gap\004", List.of(), "run", "uart_echo.elf"),
          Run.of("", SHORT, "run", "demo.elf"),
          Run.of("", SHORT, "run", "clock_delays.elf"),
          Run.of("", List.of(), "run", "zoo_null_write.elf"),
          Run.of("", SHORT, "run", "motor_loop.elf", "--plant", "motor"),
          Run.of(
              "",
              SHORT,
              "run",
              "train_control.elf",
              "--uart",
              "3=track:a",
              "--train",
              "24@C13",
              "--arg",
              "SCRIPT=go 24 D5"));

  static final List<Run> OF_KERNELS =
      List.of(
          Run.of("abcq", SHORT, "boot", KERNELS + "mini.elf"),
          Run.of("", List.of(), "boot", KERNELS + "check_gic.elf"),
          Run.of(
              DRIVING, SHORT, "boot", TRAIN_TERMINAL, "--uart", "3=track:a", "--train", "24@C13"));

  private Runs() {}

  /** What reads a file of that kind. */
  static Run on(HostileFile kind, Path path) {
    String file = path.toString();
    return switch (kind) {
      case PROGRAM ->
          Run.of(
              "Mind the gap\004",
              SHORT,
              "run",
              file,
              "clock_server.elf",
              "clock_notifier.elf",
              "uart_notifier.elf",
              "srr_echo.elf",
              "rps_server.elf",
              "rps_player.elf");
      case PROGRAM_WITH_LINES ->
          Run.of("", SHORT, "run", file, "--trace", "/dev/null", "--trace-source");
      case KERNEL -> Run.of("abcq", SHORT, "boot", file);
      case RECORDING_OF_RUN, RECORDING_OF_BOOT -> Run.of("", List.of(), "replay", file);
      case MONITORED_RECORDING -> Run.of("", List.of(), "monitor", file);
      case SCENARIO ->
          Run.of("", List.of("--timeout", "50ms", "--wall-timeout", "2s"), "test", file);
      case LAYOUT -> driving("3=track:" + file);
      case LOCOMOTIVES -> driving("3=track:a", "--locomotives", file);
      case BOX -> driving("3=track:a", "--box", file);
      case FAULTS -> driving("3=track:a", "--faults", file);
      case MOTOR ->
          Run.of(
              "",
              List.of("--timeout", "100ms", "--wall-timeout", "2s"),
              "run",
              "motor_loop.elf",
              "--plant",
              "motor:" + file);
      case ABI_PROFILE ->
          Run.of(
              "", SHORT, "boot", KERNELS + "messages.elf", "--trace", "/dev/null", "--abi", file);
      case DEBUG_INFO -> Run.of("", List.of(), "layout", file, "--struct", "TrainReport");
      case INSPECTED -> Run.of("", List.of(), "inspect", "--functions", file);
    };
  }

  private static Run driving(String... words) {
    List<String> more = new ArrayList<>(List.of("--train", "24@C13"));
    more.addAll(LONGER);
    List<String> all = new ArrayList<>(List.of("boot", TRAIN_TERMINAL, "--uart"));
    all.addAll(List.of(words));
    return Run.of(DRIVING, more, all.toArray(String[]::new));
  }
}
