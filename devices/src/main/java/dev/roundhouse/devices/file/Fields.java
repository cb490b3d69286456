package dev.roundhouse.devices.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The fields of a JSON object in a data file. */
public final class Fields {
  private static final int MOST_CHARACTERS = 1000;
  private static final int LONGEST_SHOWN = 60;
  private static final int HEXADECIMAL = 16;

  private final String where;
  private final String path;
  private final JsonObject object;

  /**
   * The fields of an object.
   *
   * @param where it is, for messages
   * @param path of it in its file, such as {@code $.calls[1]}
   */
  Fields(String where, String path, JsonObject object) {
    this.where = where;
    this.path = path;
    this.object = object;
  }

  /** The object as JSON text, which parses to the same. */
  public String document() {
    return object.toString();
  }

  /** The same object, with a more telling place in messages. */
  public Fields known(String as) {
    return new Fields(where + ", " + as, path, object);
  }

  /** This object, with the fields of another one where it has none; objects in it likewise. */
  public Fields over(Fields base) {
    return new Fields(where, path, merged(object, base.object));
  }

  private static JsonObject merged(JsonObject own, JsonObject base) {
    JsonObject all = base.deepCopy();
    for (String name : own.keySet()) {
      JsonElement value = own.get(name);
      boolean areObjects = value.isJsonObject() && all.get(name) instanceof JsonObject;
      all.add(
          name, areObjects ? merged(value.getAsJsonObject(), all.getAsJsonObject(name)) : value);
    }
    return all;
  }

  /** A complaint about this object. */
  public DescriptionException wrong(String what) {
    return new DescriptionException(where + ": " + what, path);
  }

  /** A complaint about the value of a field. */
  public DescriptionException wrong(String name, String what) {
    return new DescriptionException(where + ": " + what, path + "." + name);
  }

  /** Checks that there are no other fields than these. */
  public void only(String... names) {
    TreeSet<String> others = new TreeSet<>(object.keySet());
    others.removeAll(List.of(names));
    if (!others.isEmpty()) {
      String first = Printable.line(others.first(), LONGEST_SHOWN);
      throw wrong(
          others.first(), "unknown field \"" + first + "\"; known: " + String.join(", ", names));
    }
  }

  /** Whether the field is there. */
  public boolean has(String name) {
    return object.has(name);
  }

  /** A field that is a text, not empty. */
  public String text(String name) {
    JsonPrimitive value = primitive(name);
    if (!value.isString() || value.getAsString().isEmpty()) {
      throw wrong(name, "\"" + name + "\" must be a text");
    }
    if (value.getAsString().length() > MOST_CHARACTERS) {
      throw wrong(name, "\"" + name + "\" is too long");
    }
    return value.getAsString();
  }

  /** A field that may be missing. */
  public Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** A field that is a number between {@code least} and {@code most}. */
  public double number(String name, double least, double most) {
    JsonPrimitive value = primitive(name);
    return inRange(name, "\"" + name + "\"", value, least, most);
  }

  /** A number that is {@code otherwise} when it is missing. */
  public double number(String name, double otherwise, double least, double most) {
    return has(name) ? number(name, least, most) : otherwise;
  }

  /** A field that is a whole number between {@code least} and {@code most}. */
  public int integer(String name, int least, int most) {
    double value = number(name, least, most);
    if (value != Math.rint(value)) {
      throw wrong(name, "\"" + name + "\" must be a whole number, not " + value);
    }
    return (int) value;
  }

  /** A field that is a whole number of up to 64 bits between {@code least} and {@code most}. */
  public long whole(String name, long least, long most) {
    JsonPrimitive value = primitive(name);
    if (!value.isNumber()) {
      throw wrong(name, "\"" + name + "\" must be a number");
    }
    try {
      long number = value.getAsBigDecimal().longValueExact();
      if (number >= least && number <= most) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Told below, as any other number that is out of the range.
    }
    throw wrong(
        name,
        "\"%s\" must be a whole number, %d to %d, not %s"
            .formatted(name, least, most, shown(value)));
  }

  /** A whole number that is {@code otherwise} when it is missing. */
  public int integer(String name, int otherwise, int least, int most) {
    return has(name) ? integer(name, least, most) : otherwise;
  }

  /** A field that is the word of one of these constants; {@code otherwise} when it is missing. */
  public <E extends Enum<E>> E oneOf(String name, E otherwise, E[] constants) {
    if (!has(name)) {
      return otherwise;
    }
    String word = text(name);
    return Arrays.stream(constants)
        .filter(constant -> Words.of(constant).equals(word))
        .findFirst()
        .orElseThrow(() ->
            wrong(
                name,
                "\""
                    + name
                    + "\" must be "
                    + Arrays.stream(constants).map(Words::of).collect(Collectors.joining(" or "))));
  }

  /** A field that is an address or a size: a text such as {@code 0x40000000}, not negative. */
  public long address(String name) {
    String text = text(name);
    if (!text.matches("0x[0-9a-f]{1,15}")) {
      throw wrong(name, "\"" + name + "\" must be a text such as \"0x40000000\"");
    }
    return Long.parseLong(text.substring(2), HEXADECIMAL);
  }

  /** A field that is a list of objects. */
  public List<Fields> objects(String name) {
    JsonArray array = array(name);
    List<Fields> all = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      String place = where + ", " + name + "[" + i + "]";
      String element = path + "." + name + "[" + i + "]";
      if (!array.get(i).isJsonObject()) {
        throw new DescriptionException(place + ": not an object", element);
      }
      all.add(new Fields(place, element, array.get(i).getAsJsonObject()));
    }
    return all;
  }

  /** A field that is a list of numbers. */
  public List<Double> numbers(String name, double least, double most) {
    JsonArray array = array(name);
    List<Double> all = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      String place = "\"" + name + "\"[" + i + "]";
      if (!array.get(i).isJsonPrimitive()) {
        throw wrong(name, place + " must be a number");
      }
      all.add(inRange(name, place, array.get(i).getAsJsonPrimitive(), least, most));
    }
    return all;
  }

  /** A field that is a list of whole numbers. */
  public List<Integer> integers(String name, int least, int most) {
    List<Integer> all = new ArrayList<>();
    for (double value : numbers(name, least, most)) {
      if (value != Math.rint(value)) {
        throw wrong(name, "\"" + name + "\" must have whole numbers, not " + value);
      }
      all.add((int) value);
    }
    return all;
  }

  /** A field that is an object. */
  public Fields object(String name) {
    JsonElement value = element(name);
    if (!value.isJsonObject()) {
      throw wrong(name, "\"" + name + "\" must be an object");
    }
    return new Fields(where + ", " + name, path + "." + name, value.getAsJsonObject());
  }

  private JsonArray array(String name) {
    JsonElement value = element(name);
    if (!value.isJsonArray()) {
      throw wrong(name, "\"" + name + "\" must be a list");
    }
    return value.getAsJsonArray();
  }

  private JsonPrimitive primitive(String name) {
    JsonElement value = element(name);
    if (!value.isJsonPrimitive()) {
      throw wrong(name, "\"" + name + "\" must be a text or a number");
    }
    return value.getAsJsonPrimitive();
  }

  private JsonElement element(String name) {
    JsonElement value = object.get(name);
    if (value == null) {
      throw wrong("\"" + name + "\" is missing");
    }
    return value;
  }

  private double inRange(String name, String what, JsonPrimitive value, double least, double most) {
    if (!value.isNumber()) {
      throw wrong(name, what + " must be a number");
    }
    double number = value.getAsDouble();
    if (!(number >= least && number <= most)) {
      String range = plain(least) + " to " + plain(most);
      throw wrong(name, what + " must be " + range + ", not " + shown(value));
    }
    return number;
  }

  private static String shown(JsonPrimitive value) {
    return Printable.line(value.getAsString(), LONGEST_SHOWN);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
