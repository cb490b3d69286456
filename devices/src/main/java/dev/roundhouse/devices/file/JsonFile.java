package dev.roundhouse.devices.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a data file. */
public final class JsonFile {
  /** Far more than any description needs, and little enough for its values to fit into a heap. */
  private static final int MOST_CHARACTERS = 2 << 20;

  private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");

  private static final String ROOT = "$";

  private JsonFile() {}

  /**
   * What is wrong with a file, with the line and column of the value.
   *
   * @param text of the file, which {@link #parse} took
   */
  public static String placed(DescriptionException wrong, String text) {
    String message = String.valueOf(wrong.getMessage());
    return wrong.path().map(path -> message + placeOf(path, text)).orElse(message);
  }

  /** Of the value, or where that is missing of the innermost object that lacks it. */
  private static String placeOf(String path, String text) {
    String place = "";
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonToken token = reader.peek();
      while (token != JsonToken.END_DOCUMENT) {
        int looked = lookedAhead(token);
        String here = reader.getPath();
        if (looked >= 0 && (path.equals(here) || path.startsWith(here + "."))) {
          place = place(reader.toString(), looked);
        }
        if (looked >= 0 && path.equals(here)) {
          return place;
        }
        token = next(reader);
      }
    } catch (IOException e) {
      return place; // The text was parsed before; what is known is told.
    }
    return place;
  }

  /** How many characters of a value the parser has passed when it names it; negative for others. */
  private static int lookedAhead(JsonToken token) {
    return switch (token) {
      case BEGIN_OBJECT, BEGIN_ARRAY, STRING -> 1;
      case NUMBER -> 0;
      case BOOLEAN, NULL -> "true".length();
      case END_OBJECT, END_ARRAY, NAME, END_DOCUMENT -> -1;
    };
  }

  private static String place(String parser, int looked) {
    Matcher place = PLACE.matcher(parser);
    return place.find()
        ? " (line %s, column %d)"
            .formatted(place.group(1), Integer.parseInt(place.group(2)) - looked)
        : "";
  }

  private static JsonToken next(JsonReader reader) throws IOException {
    switch (reader.peek()) {
      case BEGIN_OBJECT -> reader.beginObject();
      case END_OBJECT -> reader.endObject();
      case BEGIN_ARRAY -> reader.beginArray();
      case END_ARRAY -> reader.endArray();
      case NAME -> {
        String _ = reader.nextName();
      }
      default -> reader.skipValue();
    }
    return reader.peek();
  }

  /**
   * Parses {@code text}, one JSON object and nothing else.
   *
   * @param name of the file, for messages
   * @throws DescriptionException if it is not that
   */
  public static Fields parse(String name, String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new DescriptionException(name + ": longer than " + MOST_CHARACTERS + " characters");
    }
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement root = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new DescriptionException(name + ": more follows after the end of the object");
      }
      if (!root.isJsonObject()) {
        throw new DescriptionException(name + ": not a JSON object");
      }
      return new Fields(name, ROOT, root.getAsJsonObject());
    } catch (JsonParseException | IOException e) {
      throw new DescriptionException(name + ": not valid JSON" + where(e));
    }
  }

  /**
   * Parses a file that ships with the product.
   *
   * @param name of a resource of this module, such as {@code train/box.json}
   */
  public static Fields shipped(String name) {
    try (InputStream in = JsonFile.class.getResourceAsStream("/dev/roundhouse/devices/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + name + " cannot be read", e);
    }
  }

  /** The place in the file; the parser's words are about its own settings. */
  private static String where(Exception e) {
    Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
    return place.find() ? ", line " + place.group(1) + ", column " + place.group(2) : "";
  }
}
