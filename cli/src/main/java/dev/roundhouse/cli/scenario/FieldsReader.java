package dev.roundhouse.cli.scenario;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.text.SimilarNames;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the fields of a mapping; each complaint names the place in the file. */
final class FieldsReader {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(us|ms|s|m)");
  private static final int MOST_DIGITS = 9;

  private final Yaml.Fields fields;

  private FieldsReader(Yaml.Fields fields) {
    this.fields = fields;
  }

  /** The fields of what must be a mapping, with no other keys than these. */
  static FieldsReader of(Yaml yaml, String what, String... keys) throws ScenarioException {
    if (!(yaml instanceof Yaml.Fields fields)) {
      throw yaml.place().wrong(what + " must be fields, as in \"key: value\"");
    }
    List<String> known = List.of(keys);
    for (Map.Entry<String, Yaml.Field> field : fields.values().entrySet()) {
      if (!known.isEmpty() && !known.contains(field.getKey())) {
        throw field
            .getValue()
            .place()
            .wrong(
                "unknown key \""
                    + Printable.line(field.getKey(), YamlFile.LONGEST_SHOWN)
                    + "\" in "
                    + what
                    + SimilarNames.hint(field.getKey(), known)
                    + "; known: "
                    + String.join(", ", known));
      }
    }
    return new FieldsReader(fields);
  }

  Yaml.Place place() {
    return fields.place();
  }

  boolean has(String key) {
    return fields.values().containsKey(key);
  }

  /** The keys in the file's order. */
  List<String> keys() {
    return List.copyOf(fields.values().keySet());
  }

  /** A field's value. */
  Optional<Yaml> get(String key) {
    return Optional.ofNullable(fields.values().get(key)).map(Yaml.Field::value);
  }

  Yaml need(String key) throws ScenarioException {
    return get(key).orElseThrow(() -> place().wrong("\"" + key + "\" is missing"));
  }

  Optional<String> text(String key) throws ScenarioException {
    Optional<Yaml> value = get(key);
    return value.isPresent() ? Optional.of(text(value.get(), key)) : Optional.empty();
  }

  static String text(Yaml yaml, String what) throws ScenarioException {
    if (yaml instanceof Yaml.Text(var _, String value)) {
      return value;
    }
    throw yaml.place().wrong("\"" + what + "\" must be a text");
  }

  Optional<Duration> duration(String key) throws ScenarioException {
    Optional<Yaml> value = get(key);
    return value.isPresent() ? Optional.of(duration(value.get(), key)) : Optional.empty();
  }

  static Duration duration(Yaml yaml, String what) throws ScenarioException {
    Matcher matcher = DURATION.matcher(text(yaml, what));
    if (!matcher.matches()) {
      throw yaml.place()
          .wrong("\"" + what + "\" must be a number and a unit, as in 5s, 200ms, 10us, 1m");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "us" -> Duration.ofMillis(count / 1000).plusNanos(count % 1000 * 1000);
      case "ms" -> Duration.ofMillis(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofSeconds(count);
    };
  }

  /** A field that is a whole number between {@code least} and {@code most}. */
  Optional<Integer> number(String key, int least, int most) throws ScenarioException {
    Optional<Yaml> value = get(key);
    return value.isPresent()
        ? Optional.of(number(value.get(), key, least, most))
        : Optional.empty();
  }

  private static int number(Yaml yaml, String what, int least, int most) throws ScenarioException {
    String text = text(yaml, what);
    boolean isNumber = text.length() <= MOST_DIGITS && text.matches("-?\\d+");
    if (isNumber && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw yaml.place().wrong("\"" + what + "\" must be a whole number, " + least + " to " + most);
  }

  /** A field that is one of some words. */
  static String oneOf(Yaml yaml, String what, List<String> words) throws ScenarioException {
    String word = text(yaml, what);
    if (!words.contains(word)) {
      throw yaml.place()
          .wrong(
              "\""
                  + what
                  + "\" must be one of "
                  + String.join(", ", words)
                  + SimilarNames.hint(word, words));
    }
    return word;
  }

  /** A field that is a list, empty when it is not there. */
  List<Yaml> items(String key) throws ScenarioException {
    Optional<Yaml> value = get(key);
    return switch (value.orElse(null)) {
      case null -> List.of();
      case Yaml.Items(var _, List<Yaml> values) -> values;
      case Yaml other -> throw other.place().wrong("\"" + key + "\" must be a list");
    };
  }

  /** As {@link #table}, of what programs get as texts that end at a NUL character. */
  Map<String, Yaml.Text> arguments(String key) throws ScenarioException {
    Map<String, Yaml.Text> arguments = table(key);
    for (Map.Entry<String, Yaml.Text> argument : arguments.entrySet()) {
      Yaml.Text value = argument.getValue();
      if (argument.getKey().indexOf('\0') >= 0 || value.value().indexOf('\0') >= 0) {
        throw value.place().wrong("an argument cannot have a NUL character (\\0); leave it out");
      }
    }
    return arguments;
  }

  /** A field with fields of any names, whose values are texts; empty when it is not there. */
  Map<String, Yaml.Text> table(String key) throws ScenarioException {
    Map<String, Yaml.Text> table = new LinkedHashMap<>();
    Optional<Yaml> value = get(key);
    if (value.isPresent()) {
      FieldsReader inner = of(value.get(), key);
      for (String name : inner.keys()) {
        Yaml each = inner.need(name);
        table.put(name, new Yaml.Text(each.place(), text(each, name)));
      }
    }
    return table;
  }
}
