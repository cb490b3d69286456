package dev.roundhouse.cli.console;

import dev.roundhouse.cli.console.Messages.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An error of ours, or too little memory: one line for the user, all of it for us. */
public record UnexpectedError(Throwable cause) {
  private static final String HEAP = "Java heap space";
  private static final String MORE_HEAP =
      ": give the JVM more of it, by ROUNDHOUSE_JVM_OPTIONS=-Xmx1g";

  /** Where the whole of it goes. */
  public enum Detail {
    /** To the user. */
    FULL,
    /** To a file. */
    IN_A_FILE
  }

  /** Says it. */
  public void tell(Messages messages, Detail detail) {
    if (cause instanceof OutOfMemoryError && detail == Detail.IN_A_FILE) {
      String what = firstLine(String.valueOf(cause.getMessage()));
      messages.say(Tone.ERROR, "out of memory: " + what + (what.equals(HEAP) ? MORE_HEAP : ""));
      return;
    }
    String line = "internal error, please report it: " + cause;
    String all = detail == Detail.FULL ? line + "\n" + trace() : firstLine(line) + written();
    messages.say(Tone.ERROR, all);
  }

  private String written() {
    try {
      Path file = Files.createTempFile("roundhouse-error-", ".txt");
      Files.writeString(file, "JVM " + Runtime.version() + "\n" + trace());
      return " (the whole of it is in " + file + ")";
    } catch (IOException e) {
      return " (run it again with --debug for the whole of it)";
    }
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private String trace() {
    StringBuilder trace = new StringBuilder();
    for (@Nullable Throwable e = cause; e != null; e = e.getCause()) {
      trace.append(e).append('\n');
      for (StackTraceElement frame : e.getStackTrace()) {
        trace.append("  at ").append(frame).append('\n');
      }
    }
    return trace.toString();
  }
}
