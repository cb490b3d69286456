package dev.roundhouse.cli.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a YAML file, with its place there. */
sealed interface Yaml {
  /** Where it starts. */
  Place place();

  /**
   * A place in a file.
   *
   * @param line from 1 on; 0 for the whole file
   * @param column from 1 on
   */
  record Place(String file, int line, int column) {
    /** An error at this place. */
    ScenarioException wrong(String what) {
      return new ScenarioException(this + ": " + what);
    }

    /** Such as {@code echo.yaml:3:5}. */
    @Override
    public String toString() {
      return line == 0 ? file : file + ":" + line + ":" + column;
    }
  }

  /** A scalar; numbers are texts, too. */
  record Text(Place place, String value) implements Yaml {}

  /** A sequence. */
  record Items(Place place, List<Yaml> values) implements Yaml {
    /** Copies the list. */
    public Items {
      values = List.copyOf(values);
    }
  }

  /** A mapping; its keys are scalars, each there once. */
  record Fields(Place place, Map<String, Field> values) implements Yaml {
    /** Copies the map, in its order. */
    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * A key and its value.
   *
   * @param place of the key
   */
  record Field(Place place, Yaml value) {}
}
