package dev.roundhouse.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.roundhouse.cli.CommandInThisProcess;
import dev.roundhouse.cli.CommandInThisProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;

/** Runs commands on mutants, in a JVM of its own that may die of them. */
final class HostileWorker {
  /** What it answers when all was right; otherwise it says what was wrong. */
  static final String RIGHT = "right";

  /** Stands for the end of a line within what was wrong. */
  static final char LINE_END = '\f';

  private final Path folder;
  private final Map<HostileFile, List<byte[]>> examples = new EnumMap<>(HostileFile.class);

  private HostileWorker(Path folder) {
    this.folder = folder;
  }

  /**
   * Answers each line of stdin, a mutant's kind, seed and number, with a line on stdout.
   *
   * @param words the folder for mutants
   */
  public static void main(String[] words) throws IOException {
    HostileWorker worker = new HostileWorker(Path.of(words[0]));
    Scanner orders = new Scanner(System.in, US_ASCII);
    while (orders.hasNext()) {
      Mutant mutant =
          new Mutant(HostileFile.valueOf(orders.next()), orders.nextLong(), orders.nextInt());
      System.out.println(worker.run(mutant).replace('\n', LINE_END));
    }
    System.exit(0);
  }

  /** Runs one; its file is kept unless all was right. */
  private String run(Mutant mutant) throws IOException {
    HostileFile kind = mutant.kind();
    if (!examples.containsKey(kind)) {
      examples.put(kind, new Examples(folder).of(kind));
    }
    Path file = mutant.fileIn(folder);
    Files.write(file, mutant.content(examples.get(kind)));
    Runs.Run run = Runs.on(kind, file);
    Duration before = processorTime();
    Outcome outcome = CommandInThisProcess.run(run.words(), run.input());
    Duration took = processorTime().minus(before);
    Optional<String> complaint = Verdict.on(kind, outcome, took);
    if (complaint.isEmpty()) {
      Files.delete(file);
    }
    return complaint.orElse(RIGHT);
  }

  /** What all threads of this JVM have used; real time says little on a host that is busy. */
  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
