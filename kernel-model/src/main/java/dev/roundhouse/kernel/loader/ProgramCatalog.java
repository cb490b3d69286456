package dev.roundhouse.kernel.loader;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs that tasks can be made of, by name. */
public final class ProgramCatalog {
  private final Map<String, ParseResult> programs;

  /** The given programs; a file that was refused ends the run only if a task wants it. */
  public ProgramCatalog(Map<String, ParseResult> programs) {
    this.programs = new LinkedHashMap<>(programs);
  }

  /** The program with this name, loadable or not. */
  public Optional<ParseResult> find(String name) {
    return Optional.ofNullable(programs.get(name));
  }

  /** All names in alphabetical order. */
  public List<String> names() {
    return programs.keySet().stream().sorted().toList();
  }
}
