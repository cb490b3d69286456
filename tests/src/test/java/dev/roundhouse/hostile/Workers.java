package dev.roundhouse.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A worker to run mutants on, and the next one when it has died of one or does not come back. */
final class Workers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private @Nullable Process worker;

  /** Workers that leave what was wrong in that folder. */
  Workers(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Runs a mutant; what was wrong, if something was. */
  Optional<String> run(Mutant mutant) throws IOException, InterruptedException {
    Process process = living();
    String order = "%s %d %d%n".formatted(mutant.kind(), mutant.seed(), mutant.number());
    process.outputWriter().write(order);
    process.outputWriter().flush();
    String answer = answer(process);
    return answer.equals(HostileWorker.RIGHT)
        ? Optional.empty()
        : Optional.of(
            "%s: %s%n  the file: %s%n  again: %s%n"
                .formatted(
                    mutant,
                    answer.replace(HostileWorker.LINE_END, '\n'),
                    mutant.fileIn(folder),
                    mutant.again()));
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.destroyForcibly();
    }
  }

  private Process living() throws IOException {
    Process current = worker;
    if (current == null || !current.isAlive()) {
      current = start();
      worker = current;
    }
    return current;
  }

  private static String answer(Process process) throws IOException, InterruptedException {
    Thread watch = Thread.ofPlatform().daemon().start(() -> killIfLate(process));
    try {
      BufferedReader answers = process.inputReader();
      String answer = answers.readLine();
      if (answer != null) {
        return answer;
      }
    } finally {
      watch.interrupt();
      watch.join();
    }
    return "the JVM has died or was killed after " + PATIENCE + ": " + process.waitFor();
  }

  private static void killIfLate(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Process start() throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xlog:disable"));
    words.add("-XX:ErrorFile=" + folder.resolve("jvm-%p.log"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(HostileWorker.class.getName(), folder.toString()));
    return new ProcessBuilder(words)
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("stderr").toFile()))
        .start();
  }
}
