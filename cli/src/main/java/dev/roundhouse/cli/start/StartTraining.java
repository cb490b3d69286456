package dev.roundhouse.cli.start;

import dev.roundhouse.cli.Main;
import dev.roundhouse.emulator.process.EndGuard;
import java.util.Arrays;
import java.util.List;

/**
 * Runs several command lines in one JVM, so that an AOT cache made of it starts all of them fast
 * ({@code build/train-start}). They are separated by the word {@value #NEXT}.
 */
public final class StartTraining {
  private static final String NEXT = "--next";

  private StartTraining() {}

  /**
   * Runs the command lines, and ends the JVM with 1 if one of them cannot be used.
   *
   * @param args command lines, each without {@code roundhouse}
   */
  public static void main(String[] args) {
    EndGuard.begin();
    System.exit(run(Arrays.asList(args)) ? 0 : 1);
  }

  private static boolean run(List<String> words) {
    int end = words.indexOf(NEXT);
    List<String> first = end < 0 ? words : words.subList(0, end);
    int exitCode = Main.run(first.toArray(String[]::new));
    boolean isUsable = exitCode == 0;
    return end < 0 ? isUsable : run(words.subList(end + 1, words.size())) && isUsable;
  }
}
