package dev.roundhouse.cli.stubs;

import dev.roundhouse.devices.text.Words;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallShape;
import dev.roundhouse.kernel.abi.StubShape.ResultShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of stubs, made from an ABI profile. */
public final class StubFiles {
  static final String MADE = "Made by roundhouse stubs generate from an ABI profile: change that.";

  /** Their languages. */
  public static final List<String> LANGUAGES = List.of("c", "rust");

  private StubFiles() {}

  /**
   * Writes them.
   *
   * @param language one of {@link #LANGUAGES}
   * @return the files
   * @throws UserError if the ABI has calls for which there can be none, or they cannot be written
   */
  public static List<Path> write(CallAbi abi, String language, Path folder) throws UserError {
    for (CallShape call : abi.calls().values()) {
      Optional<String> objection = StubRegisters.objection(abi, call);
      if (objection.isPresent()) {
        throw new UserError(ExitCode.USAGE, "stubs: " + objection.get());
      }
    }
    String name = abi.name().replaceAll("\\W", "_");
    Map<String, String> files =
        language.equals("c") ? new CStubs(abi).files(name) : new RustStubs(abi).files(name);
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> file : files.entrySet()) {
        write(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, "stubs: " + folder + " cannot be written to", e);
    }
    return files.keySet().stream().map(folder::resolve).toList();
  }

  private static void write(Path file, String text) throws IOException, UserError {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserError(
          ExitCode.USAGE,
          "stubs: " + file + " is there already; remove it, or give another folder");
    }
    Files.writeString(file, text);
  }

  /** What a stub returns, if it returns something. */
  static Optional<ResultShape> result(CallShape call) {
    return call.stub().returned().flatMap(call.stub()::result);
  }

  /** A call in a few words. */
  static String about(CallAbi abi, long number, CallShape call) {
    String results =
        call.stub().results().isEmpty()
            ? ""
            : "; gives "
                + String.join(
                    ", ",
                    call.stub().results().stream()
                        .map(result -> result.name() + " in x" + result.register())
                        .toList());
    return "%s, call %d of %s; memory: %s%s."
        .formatted(call.name(), number, abi.name(), Words.of(call.stub().memory()), results);
  }
}
