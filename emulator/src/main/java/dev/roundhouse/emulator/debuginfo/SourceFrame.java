package dev.roundhouse.emulator.debuginfo;

/**
 * A function that an instruction belongs to, and where in its source.
 *
 * @param function its name with the namespaces around it, empty if that is not known
 * @param path of the source file, empty if that is not known
 * @param line in the file, 0 if that is not known
 */
public record SourceFrame(String function, String path, int line) {
  /** Whether the line is known. */
  public boolean hasLine() {
    return line > 0 && !path.isEmpty();
  }
}
