package dev.roundhouse.architecture;

import static dev.roundhouse.architecture.BannedCall.everywhere;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BannedCallsTest {
  private static final String DEVICES = "dev.roundhouse.devices.";
  private static final String KERNEL = "dev.roundhouse.kernel.";
  private static final String CLI = "dev.roundhouse.cli.";

  /** Who may see the host's clock and have threads: where the outside world begins. */
  private static final String[] HOST_SIDE = {
    CLI,
    "dev.roundhouse.emulator.debugger.Client",
    "dev.roundhouse.emulator.debugger.Door",
    "dev.roundhouse.emulator.lines.",
    "dev.roundhouse.emulator.process.",
    "dev.roundhouse.emulator.trackserver.",
    "dev.roundhouse.emulator.engine.StoreLoop",
    "dev.roundhouse.emulator.input.LiveGate",
    "dev.roundhouse.emulator.run.WallClock"
  };

  private static final String CLOCK = "VirtualClock, handed in";
  private static final String THREAD = "the machine's one thread; input from others by InputGate";
  private static final String CHANCE = "a seeded java.util.SplittableRandom, handed in";
  private static final String FILE = "emulator.file.UserFile: bounded, and regular files only";
  private static final String ORDER =
      "an array, EnumMap, TreeMap or LinkedHashMap: its order is the same in each run";

  private static final List<String> READING =
      List.of(
          "readAllBytes",
          "readString",
          "readAllLines",
          "lines",
          "newInputStream",
          "newBufferedReader",
          "newByteChannel",
          "copy",
          "mismatch",
          "size");

  /** Who reads files: what users name, and what we or the system wrote where only they can. */
  private static final String LIBRARY_CALLS = "dev.roundhouse.emulator.platform.LibraryCalls";

  private static final String[] FILE_READERS = {
    "dev.roundhouse.emulator.file.UserFile",
    // Its size only: it is mapped, not read.
    "dev.roundhouse.emulator.setup.ExtrasRequest",
    // The engine's own files, whose owners and checksums are checked.
    "dev.roundhouse.emulator.engine.",
    // The process's own map of its memory.
    LIBRARY_CALLS
  };

  static Stream<BannedCall> bans() {
    return Stream.of(
        everywhere("java.lang.System", List.of("nanoTime", "currentTimeMillis"), CLOCK)
            .exceptIn(HOST_SIDE),
        everywhere("java.time.Instant", List.of("now"), CLOCK).exceptIn(HOST_SIDE),
        everywhere("java.time.LocalDateTime", List.of("now"), CLOCK).exceptIn(HOST_SIDE),
        everywhere("java.lang.Thread", List.of(), THREAD).exceptIn(HOST_SIDE),
        everywhere("java.util.concurrent.locks.LockSupport", List.of(), THREAD).exceptIn(HOST_SIDE),
        everywhere("java.util.concurrent.Executors", List.of(), THREAD).exceptIn(HOST_SIDE),
        everywhere("java.util.concurrent.CompletableFuture", List.of(), THREAD).exceptIn(HOST_SIDE),
        everywhere("java.util.Random", List.of(), CHANCE),
        everywhere("java.util.concurrent.ThreadLocalRandom", List.of(), CHANCE),
        everywhere("java.util.UUID", List.of("randomUUID"), CHANCE),
        everywhere("java.lang.Math", List.of("random"), CHANCE),
        everywhere("java.util.Collection", List.of("parallelStream"), "stream()"),
        everywhere("java.util.List", List.of("parallelStream"), "stream()"),
        everywhere("java.lang.System", List.of("identityHashCode"), "a number of its own"),
        everywhere("java.util.HashMap", List.of("<init>"), ORDER).onlyBannedIn(DEVICES, KERNEL),
        everywhere("java.util.HashSet", List.of("<init>"), ORDER).onlyBannedIn(DEVICES, KERNEL),
        everywhere("java.util.IdentityHashMap", List.of("<init>"), ORDER)
            .onlyBannedIn(DEVICES, KERNEL),
        everywhere("java.util.Map", List.of("of", "ofEntries", "copyOf"), ORDER)
            .onlyBannedIn(DEVICES, KERNEL),
        everywhere("java.util.Set", List.of("of", "copyOf"), ORDER).onlyBannedIn(DEVICES, KERNEL),
        everywhere("java.util.stream.Collectors", List.of("toSet", "toMap", "groupingBy"), ORDER)
            .onlyBannedIn(DEVICES, KERNEL),
        everywhere("java.lang.System", List.of("out", "err"), "a sink that is handed in")
            .exceptIn(CLI),
        everywhere("java.lang.System", List.of("exit"), "an exit code returned to Main")
            .exceptIn(CLI + "Main", CLI + "start.StartTraining"),
        everywhere("java.lang.Runtime", List.of("exit", "halt"), "an exit code returned to Main"),
        everywhere(
            "java.lang.Throwable",
            List.of("printStackTrace"),
            "one clear line, or let it go up to Main"),
        everywhere("java.lang.System", List.of("getenv"), "an option of the command line")
            .onlyBannedIn(DEVICES, KERNEL),
        everywhere("java.nio.file.Files", READING, FILE).exceptIn(FILE_READERS),
        everywhere("java.io.FileInputStream", List.of("<init>"), FILE)
            // The process's own input, by its descriptor.
            .exceptIn(CLI + "Main"),
        everywhere("java.nio.channels.FileChannel", List.of("open"), FILE)
            // The process's own memory, and the engine's file, which is loaded.
            .exceptIn("dev.roundhouse.emulator.platform.OwnMemory", LIBRARY_CALLS),
        everywhere("java.nio.channels.AsynchronousFileChannel", List.of("open"), FILE),
        everywhere("java.io.FileReader", List.of("<init>"), FILE),
        everywhere("java.io.RandomAccessFile", List.of("<init>"), FILE),
        everywhere("java.util.Scanner", List.of("<init>"), FILE),
        everywhere("java.util.zip.ZipFile", List.of("<init>"), FILE));
  }

  @ParameterizedTest
  @MethodSource("bans")
  void nobodyUsesWhatIsBanned(BannedCall ban) {
    ban.rule().check(OurClasses.ALL);
  }

  @ParameterizedTest
  @MethodSource("bans")
  void eachExceptionIsForSomebodyWhoExists(BannedCall ban) {
    assertThat(ban.free())
        .allSatisfy(place ->
            assertThat(OurClasses.ALL)
                .as(place)
                .anyMatch(ours -> ours.getFullName().startsWith(place)));
  }

  @ParameterizedTest
  @MethodSource("bans")
  void eachBanSeesAnOffender(BannedCall ban) {
    JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
    BannedCall forAll = everywhere(ban.owner(), ban.members(), ban.instead());
    assertThat(forAll.rule().evaluate(offender).hasViolation()).isTrue();
  }
}
