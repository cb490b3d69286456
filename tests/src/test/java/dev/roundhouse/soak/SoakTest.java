package dev.roundhouse.soak;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.system.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Memory stays flat while loads run side by side, each in a JVM of its own, for {@code
 * -Dsoak.seconds=N}. The heap is all there from the start and small: what is kept in it forever
 * ends the JVM, and what native code keeps shows as resident memory.
 */
@Tag("deep")
class SoakTest {
  private static final Duration REAL_TIME = Duration.ofSeconds(Long.getLong("soak.seconds", 60));
  private static final int GRACE = 60;
  private static final int SAMPLES = 240;
  private static final double MOST_GROWTH = 1.1;
  private static final Path FOLDER = Path.of("target/soak").toAbsolutePath();

  @Test
  void memoryStaysFlatWithinTenPercent() throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "this system has no /proc");
    TestEngine.INSTALLED.file();
    Files.createDirectories(FOLDER);
    Map<Load, Process> processes = new LinkedHashMap<>();
    Map<Load, List<Long>> resident = new LinkedHashMap<>();
    for (Load load : Load.values()) {
      processes.put(load, start(load));
      resident.put(load, new ArrayList<>());
    }
    try {
      sample(processes, resident);
      SoftAssertions all = new SoftAssertions();
      processes.forEach((load, process) -> judge(load, process, resident.get(load), all));
      all.assertAll();
    } finally {
      processes.values().forEach(Process::destroyForcibly);
    }
  }

  private static void sample(Map<Load, Process> processes, Map<Load, List<Long>> resident)
      throws InterruptedException {
    for (int sample = 0; sample < SAMPLES; sample++) {
      TimeUnit.NANOSECONDS.sleep(REAL_TIME.toNanos() / SAMPLES);
      processes.forEach((load, process) -> residentKiB(process).ifPresent(resident.get(load)::add));
    }
  }

  /** The second quarter of the samples, behind the warm-up, is compared with the second half. */
  private static void judge(Load load, Process process, List<Long> samples, SoftAssertions all) {
    boolean stillRuns =
        process.onExit().completeOnTimeout(process, GRACE, SECONDS).join().isAlive();
    all.assertThat(stillRuns).as("%s still runs", load).isFalse();
    if (!stillRuns) {
      all.assertThat(process.exitValue()).as("%s: %s", load, said(load)).isZero();
    }
    int half = samples.size() / 2;
    long before = max(samples.subList(half / 2, half));
    long after = max(samples.subList(half, samples.size()));
    System.out.printf("soak: %s: %d MiB, then %d MiB%n", load, before >> 10, after >> 10);
    all.assertThat(after)
        .as("%s: KiB resident; all: %s", load, samples)
        .isLessThanOrEqualTo((long) (before * MOST_GROWTH));
  }

  private static long max(List<Long> samples) {
    return samples.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static OptionalLong residentKiB(Process process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException hasEnded) {
      return OptionalLong.empty();
    }
  }

  private static Process start(Load load) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch"));
    words.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "-XX:ErrorFile=" + FOLDER + "/jvm-%p.log"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(Load.class.getName(), load.name(), "" + REAL_TIME.toSeconds()));
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(outputOf(load).toFile())
        .start();
  }

  private static Path outputOf(Load load) {
    return FOLDER.resolve(load + ".txt");
  }

  private static String said(Load load) {
    try {
      return Files.readString(outputOf(load));
    } catch (IOException e) {
      return "said nothing: " + e.getMessage();
    }
  }
}
