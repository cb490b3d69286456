package dev.roundhouse.emulator.conformance.cases;

import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing that the kernel does, and how to see it.
 *
 * @param name words with hyphens behind its group's, such as {@code truncate/reply}
 * @param says what the kernel does, in a sentence
 * @param sources from where that is known
 * @param system what runs
 * @param expectations what must be seen, by the profile's name
 */
public record ConformanceCase(
    String name,
    String says,
    List<Source> sources,
    ScriptedSystem system,
    SortedMap<String, Expectation> expectations) {
  /** Copies, and checks that it has a group, a source and an expectation. */
  public ConformanceCase {
    sources = List.copyOf(sources);
    expectations = Collections.unmodifiableSortedMap(new TreeMap<>(expectations));
    if (name.indexOf('/') <= 0 || says.isEmpty() || sources.isEmpty() || expectations.isEmpty()) {
      throw new IllegalArgumentException(
          "a case has a group, a sentence, a source and an expectation: " + name);
    }
  }

  /** Its group's word: the first of its name. */
  public String group() {
    return name.substring(0, name.indexOf('/'));
  }

  /** Whether there is something to see on this kernel. */
  public boolean appliesTo(AbiProfile profile) {
    return expectations.containsKey(profile.name());
  }

  /** Whether the two kernels differ here, or only one of them has such a thing. */
  public boolean differsBetweenProfiles() {
    return expectations.values().stream().distinct().count() > 1
        || expectations.size() < AbiProfile.all().size();
  }

  /** What must be seen on this kernel. */
  public Optional<Expectation> expectation(AbiProfile profile) {
    return Optional.ofNullable(expectations.get(profile.name()));
  }
}
