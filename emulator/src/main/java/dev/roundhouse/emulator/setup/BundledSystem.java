package dev.roundhouse.emulator.setup;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.roundhouse.devices.text.SimilarNames;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A system of programs that comes with the product.
 *
 * @param entry the program that becomes tid 1
 * @param programs the others
 */
public record BundledSystem(String name, String entry, List<String> programs) {
  private static final String ZOO = "zoo_";
  private static final String CATALOG = "/dev/roundhouse/firmware/catalog.json";

  /** Copies the list. */
  public BundledSystem {
    programs = List.copyOf(programs);
  }

  /**
   * The system of this name; {@code -} and {@code _} are the same in it.
   *
   * @throws UserError if there is none; the message names those there are
   */
  public static BundledSystem named(String name) throws UserError {
    List<BundledSystem> all = all();
    return all.stream()
        .filter(system -> plain(system.name).equals(plain(name)))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                ExitCode.PROGRAM,
                "no bundled system "
                    + name
                    + SimilarNames.hint(plain(name), all.stream().map(BundledSystem::name).toList())
                    + "; there are: "
                    + all.stream()
                        .map(BundledSystem::name)
                        .filter(each -> !each.startsWith(ZOO))
                        .collect(Collectors.joining(", "))
                    + " and those of the crash zoo, "
                    + ZOO
                    + "*"));
  }

  private static String plain(String name) {
    return name.replace('-', '_');
  }

  /** All of them. */
  public static List<BundledSystem> all() {
    List<BundledSystem> systems = new ArrayList<>();
    for (JsonElement element : catalog().getAsJsonArray("systems")) {
      JsonObject system = element.getAsJsonObject();
      systems.add(
          new BundledSystem(
              system.get("name").getAsString(),
              system.get("entry").getAsString(),
              system.getAsJsonArray("programs").asList().stream()
                  .map(JsonElement::getAsString)
                  .toList()));
    }
    return systems;
  }

  /** The names of all bundled programs. */
  public static List<String> allPrograms() {
    return catalog().getAsJsonArray("programs").asList().stream()
        .map(program -> program.getAsJsonObject().get("name").getAsString())
        .toList();
  }

  private static JsonObject catalog() {
    try (InputStream in = BundledSystem.class.getResourceAsStream(CATALOG)) {
      if (in == null) {
        throw new IllegalStateException("the catalogue of bundled programs is missing");
      }
      Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
      return JsonParser.parseReader(text).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException("the catalogue of bundled programs cannot be read", e);
    }
  }

  /** Adds its programs, except those whose names are taken. */
  public void addTo(ProgramShelf shelf) {
    shelf.addBundledAs(ProgramShelf.ENTRY, entry);
    programs.forEach(shelf::addBundled);
  }
}
