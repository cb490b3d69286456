package dev.roundhouse.emulator.observe;

import com.google.gson.JsonObject;
import dev.roundhouse.devices.text.Printable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where an instruction stands: in a function, and in the source if that is known. An instruction
 * may be at several places at once, when one function was inlined into another.
 *
 * @param address of the instruction
 * @param program that it belongs to, empty if that is not known
 * @param function its name, empty if that is not known
 * @param offset of the address in the function, or in the file if the function is not known
 * @param path of the source file, empty if that is not known
 * @param line in the file, 0 if that is not known
 */
public record CodePlace(
    long address, String program, String function, long offset, String path, int line) {
  private static final int LONGEST_NAME = 200;

  /** Folders of what is not the user's own: the SDKs of new projects, and Rust's libraries. */
  private static final Pattern LIBRARY =
      Pattern.compile("(^|/)(sdk|trainsos/src|rustlib/src|rustc)/|^library/");

  /** The first of some places that is in the user's own source, else the first. */
  public static CodePlace own(List<CodePlace> places) {
    return places.stream()
        .filter(place -> place.hasLine() && !LIBRARY.matcher(place.path).find())
        .findFirst()
        .orElseGet(places::getFirst);
  }

  /** This place, unless it is one of some others, in words; nothing tells which. */
  CodePlace or(List<String> others) {
    String or =
        others.stream()
            .filter(other -> !other.equals(text()))
            .map(other -> " or " + other)
            .collect(Collectors.joining());
    return new CodePlace(address, program, function + or, offset, path, line);
  }

  /** Whether the line in the source is known. */
  public boolean hasLine() {
    return line > 0;
  }

  /** Whether its function or its line is known. */
  boolean isNamed() {
    return hasLine() || !function.isEmpty();
  }

  /**
   * The place in words: {@code counter.c:17 in program_main}, without a line {@code tick+0x14},
   * without a symbol {@code file address 0x1b4}, and else the address.
   */
  public String text() {
    String name = Printable.line(function, LONGEST_NAME);
    if (hasLine()) {
      String line = sourceLine();
      return name.isEmpty() ? line : line + " in " + name;
    }
    if (!name.isEmpty()) {
      return "%s+0x%x".formatted(name, offset);
    }
    return program.isEmpty() ? "0x%x".formatted(address) : "file address 0x%x".formatted(offset);
  }

  /** A JSON object with what is known of it, the path of the file with all folders. */
  public String json() {
    JsonObject json = new JsonObject();
    json.addProperty("address", "0x%x".formatted(address));
    if (!program.isEmpty()) {
      json.addProperty("program", program);
    }
    if (!function.isEmpty()) {
      json.addProperty("function", function);
    }
    if (hasLine()) {
      json.addProperty("path", path);
      json.addProperty("line", line);
    }
    return json.toString();
  }

  /** The file without its folders and the line, such as {@code counter.c:17}. */
  private String sourceLine() {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return Printable.line(file, LONGEST_NAME) + ":" + line;
  }
}
