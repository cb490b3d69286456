package dev.roundhouse.cli.scenario;

import dev.roundhouse.devices.text.Printable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads a YAML file that nobody vouches for: its size and depth are limited, and it has neither
 * anchors, aliases nor tags. It is read as events, so that no deep nesting can overflow the stack.
 */
final class YamlFile {
  /** What the library says of {@code expect: speed: 5}. */
  private static final String SECOND_COLON = "mapping values are not allowed";

  private static final int MOST_CHARACTERS = 256 << 10;
  static final int DEEPEST = 12;

  /** How much of a word of the file is shown in a message. */
  static final int LONGEST_SHOWN = 60;

  private final String file;
  private final Iterator<Event> events;

  private YamlFile(String file, Iterator<Event> events) {
    this.file = file;
    this.events = events;
  }

  /**
   * The file's one document.
   *
   * @throws ScenarioException if it is no YAML or over the limits
   */
  static Yaml parse(String file, String text) throws ScenarioException {
    if (text.length() > MOST_CHARACTERS) {
      throw new ScenarioException(
          file + ": longer than " + MOST_CHARACTERS + " characters; split it");
    }
    requireAllowedCharacters(file, text);
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(MOST_CHARACTERS).build();
    try {
      return new YamlFile(file, new ParserImpl(settings, new StreamReader(settings, text)))
          .document();
    } catch (MarkedYamlEngineException e) {
      Yaml.Place place = place(file, e.getProblemMark());
      String problem = String.valueOf(e.getProblem()).replaceAll("\\R", " ");
      String cause = problem.startsWith(SECOND_COLON) ? "; put text with \": \" into quotes" : "";
      throw place.wrong(problem + cause);
    } catch (YamlEngineException | NoSuchElementException e) {
      throw new ScenarioException(
          file + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse("no YAML"));
    }
  }

  /** YAML 1.2.2, 5.1: the others have to be escaped, in double quotes. */
  private static void requireAllowedCharacters(String file, String text) throws ScenarioException {
    int line = 1;
    int column = 1;
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      if (!StreamReader.isPrintable(character)) {
        String shown = Printable.line(Character.toString(character));
        throw new Yaml.Place(file, line, column)
            .wrong("the character " + shown + " cannot be in YAML; leave it out");
      }
      column = character == '\n' ? 1 : column + 1;
      line += character == '\n' ? 1 : 0;
      at += Character.charCount(character);
    }
  }

  private Yaml document() throws ScenarioException {
    Event start = events.next();
    while (start.getEventId() == Event.ID.StreamStart
        || start.getEventId() == Event.ID.DocumentStart) {
      start = events.next();
    }
    if (start.getEventId() == Event.ID.StreamEnd) {
      throw new ScenarioException(file + ": empty; see docs/scenarios.md");
    }
    Yaml all = node(start, 0);
    Event next = events.next();
    if (next.getEventId() == Event.ID.DocumentEnd) {
      next = events.next();
    }
    if (next.getEventId() != Event.ID.StreamEnd) {
      throw place(file, next.getStartMark()).wrong("a second document begins; use a file for each");
    }
    return all;
  }

  private Yaml node(Event event, int depth) throws ScenarioException {
    Yaml.Place place = place(file, event.getStartMark());
    if (depth > DEEPEST) {
      throw place.wrong("nested deeper than " + DEEPEST + " levels");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw place.wrong("anchors and aliases (& and *) are not allowed; write it out");
    }
    return switch (event) {
      case ScalarEvent scalar -> new Yaml.Text(place, plain(scalar, place));
      case SequenceStartEvent _ -> items(place, depth);
      case MappingStartEvent _ -> fields(place, depth);
      case AliasEvent _ -> throw place.wrong("aliases (*) are not allowed; write it out");
      default -> throw place.wrong("unexpected " + event.getEventId());
    };
  }

  private static String plain(ScalarEvent scalar, Yaml.Place place) throws ScenarioException {
    if (scalar.getTag().isPresent()) {
      throw place.wrong("tags (!) are not allowed");
    }
    return scalar.getValue();
  }

  private Yaml items(Yaml.Place place, int depth) throws ScenarioException {
    List<Yaml> items = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      items.add(node(next, depth + 1));
    }
    return new Yaml.Items(place, items);
  }

  private Yaml fields(Yaml.Place place, int depth) throws ScenarioException {
    Map<String, Yaml.Field> fields = new LinkedHashMap<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      Yaml key = node(next, depth + 1);
      if (!(key instanceof Yaml.Text(var at, String name))) {
        throw key.place().wrong("a key must be a word");
      }
      if (fields.put(name, new Yaml.Field(at, node(events.next(), depth + 1))) != null) {
        throw at.wrong("\"" + Printable.line(name, LONGEST_SHOWN) + "\" is there twice");
      }
    }
    return new Yaml.Fields(place, fields);
  }

  private static Yaml.Place place(String file, Optional<Mark> mark) {
    return new Yaml.Place(
        file, mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1);
  }
}
