package dev.roundhouse.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roundhouse.cli.CommandInThisProcess;
import dev.roundhouse.system.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Good files of each kind: what we bring along, and recordings that are made here. */
final class Examples {
  private static final Path DEBUG_INFO =
      Path.of("../emulator/src/test/resources/dev/roundhouse/emulator/debuginfo");

  /** The C and Rust null_pointer of docs/debugging, as projects of {@code new} build them. */
  private static final Path WITH_LINES = Path.of("src/test/resources/dev/roundhouse/hostile");

  private static final Path SCENARIOS = Path.of("../scenarios");
  private static final Path IMAGES =
      Path.of("../firmware-images/src/main/resources/dev/roundhouse/firmware");
  private static final Path KERNELS = IMAGES.resolve("kernels");
  private static final String TRAINS = "/dev/roundhouse/devices/train/";
  private static final String FAULTS =
      """
      {"faults": [
        {"fault": "stuck-turnout", "turnout": 5, "fromSeconds": 0.1, "untilSeconds": 20},
        {"fault": "slow-turnout", "turnout": 6, "millis": 300},
        {"fault": "dead-sensor", "sensor": "C13"},
        {"fault": "ghost-sensor", "sensor": "B16", "everySeconds": 0.05},
        {"fault": "missed-commands", "chance": 0.01},
        {"fault": "lost-bytes", "chance": 0.001},
        {"fault": "dirty-track", "from": "C13", "to": "E7", "speedFactor": 0.8},
        {"fault": "slow-locomotive", "train": 24, "speedFactor": 0.9},
        {"fault": "box-off", "fromSeconds": 0.3, "untilSeconds": 0.4},
        {"fault": "cable-pulled", "fromSeconds": 0.6, "untilSeconds": 0.7}]}
      """;
  private static final String MOTOR =
      "{\"turnsPerSecond\": 1.5, \"timeConstantMillis\": 40, \"pwmPin\": 18}";

  private final Path folder;

  /**
   * Examples.
   *
   * @param folder for files that are made on the way
   */
  Examples(Path folder) {
    this.folder = folder;
  }

  /** The good files of a kind, always in the same order. */
  List<byte[]> of(HostileFile kind) throws IOException {
    return switch (kind) {
      case PROGRAM -> files(IMAGES, ".elf");
      case INSPECTED -> all(files(IMAGES, ".elf"), files(WITH_LINES, ".elf"));
      case PROGRAM_WITH_LINES -> files(WITH_LINES, ".elf");
      case KERNEL -> all(files(KERNELS, ".elf"), files(KERNELS, ".img"));
      case RECORDING_OF_RUN, MONITORED_RECORDING -> recordings(Runs.OF_PROGRAMS);
      case RECORDING_OF_BOOT -> recordings(Runs.OF_KERNELS);
      case SCENARIO -> files(SCENARIOS, ".yaml");
      case LAYOUT -> resources("track-a.json", "track-b.json");
      case LOCOMOTIVES -> resources("locomotives.json");
      case BOX -> resources("box.json");
      case FAULTS -> List.of(FAULTS.getBytes(UTF_8));
      case MOTOR -> List.of(MOTOR.getBytes(UTF_8));
      case ABI_PROFILE -> List.of(Images.resource("/dev/roundhouse/kernel/abi/trainsos.json"));
      case DEBUG_INFO -> files(DEBUG_INFO, ".elf");
    };
  }

  private static List<byte[]> files(Path place, String ending) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      List<byte[]> contents = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(ending)).sorted().toList()) {
        contents.add(Files.readAllBytes(file));
      }
      return contents;
    }
  }

  private static List<byte[]> resources(String... names) {
    return Stream.of(names).map(name -> Images.resource(TRAINS + name)).toList();
  }

  private static <T> List<T> all(List<T> some, List<T> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private List<byte[]> recordings(List<Runs.Run> runs) throws IOException {
    List<byte[]> recordings = new ArrayList<>();
    for (Runs.Run run : runs) {
      Path file = folder.resolve("example.rec");
      List<String> words = new ArrayList<>(run.words());
      words.addAll(List.of("--record", file.toString()));
      CommandInThisProcess.run(words, run.input());
      recordings.add(Files.readAllBytes(file));
    }
    return recordings;
  }
}
