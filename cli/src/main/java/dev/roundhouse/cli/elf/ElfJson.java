package dev.roundhouse.cli.elf;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.roundhouse.devices.text.JsonText;
import java.util.List;
import java.util.Set;

/** Descriptions of files for other programs. */
public final class ElfJson {
  /** Of these there may be several in a file. */
  private static final Set<String> LISTS = Set.of("segments", "relocations", "warning");

  private ElfJson() {}

  /**
   * One JSON object in one line.
   *
   * @param problems of files that could not be read
   */
  public static String line(
      List<ElfDescription.Result> results, List<String> problems, int exitCode) {
    JsonArray files = new JsonArray();
    results.forEach(result -> files.add(object(result)));
    JsonObject all = new JsonObject();
    all.add("files", files);
    if (!problems.isEmpty()) {
      JsonArray reasons = new JsonArray();
      problems.forEach(reasons::add);
      all.add("problems", reasons);
    }
    all.addProperty("exitCode", exitCode);
    return JsonText.shown(all.toString());
  }

  private static JsonObject object(ElfDescription.Result result) {
    JsonObject object = new JsonObject();
    object.addProperty("file", result.file());
    object.addProperty("bytes", result.bytes());
    object.addProperty("loadable", result.isLoadable());
    for (ElfDescription.Row row : result.rows()) {
      if (LISTS.contains(row.label())) {
        if (!object.has(row.label())) {
          object.add(row.label(), new JsonArray());
        }
        object.getAsJsonArray(row.label()).add(row.value());
      } else {
        object.addProperty(row.label(), row.value());
      }
    }
    JsonArray functions = new JsonArray();
    result.functions().forEach(place -> functions.add(JsonParser.parseString(place.json())));
    object.add("functions", functions);
    return object;
  }
}
