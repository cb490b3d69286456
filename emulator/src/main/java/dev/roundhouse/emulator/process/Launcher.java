package dev.roundhouse.emulator.process;

import java.util.Map;

/**
 * The start script that the user used.
 *
 * @param path where it is, for files that outlive the folder in which it was typed
 * @param typed how it was typed there, for commands that users are told to type
 */
public record Launcher(String path, String typed) {
  private static final String COMMAND = "roundhouse";
  private static final String PATH = "ROUNDHOUSE_LAUNCHER";
  private static final String TYPED = "ROUNDHOUSE_COMMAND";

  /** As the start script says in the process's environment. */
  public static Launcher of(Map<String, String> environment) {
    return new Launcher(
        environment.getOrDefault(PATH, COMMAND), environment.getOrDefault(TYPED, COMMAND));
  }

  /** A command line for a shell. */
  public String line(String... words) {
    StringBuilder line = new StringBuilder(quoted(typed));
    for (String word : words) {
      line.append(' ').append(quoted(word));
    }
    return line.toString();
  }

  /** A word, quoted for a shell if need be (POSIX, Shell Command Language, 2.2.2). */
  public static String quoted(String word) {
    boolean isPlain =
        !word.isEmpty()
            && word.chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || "/._-+:@=%,".indexOf(c) >= 0);
    return isPlain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
