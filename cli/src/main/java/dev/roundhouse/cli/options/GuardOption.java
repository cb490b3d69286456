package dev.roundhouse.cli.options;

import dev.roundhouse.emulator.guard.Guard;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is watched of a guest's writes: the option that run and test share. */
public final class GuardOption {
  @Option(
      names = "--guard",
      paramLabel = "WHAT",
      split = ",",
      converter = GuardConverter.class,
      completionCandidates = Values.Guards.class,
      description =
          "Watch writes exactly, and tell the first with its instruction: stacks (of a task below its"
              + " own stack), code, strays (to any other task's stack: changes of tasks take twice"
              + " the time), writes (each one, for code beside data: about 20 times slower), or"
              + " several, as in stacks,code.")
  private List<Guard> guards = new ArrayList<>();

  /** What is wished. */
  public Set<Guard> guards() {
    return new TreeSet<>(guards);
  }

  /** Reads one word. */
  static final class GuardConverter implements ITypeConverter<Guard> {
    @Override
    public Guard convert(String word) {
      return Guard.named(word)
          .orElseThrow(() ->
              new TypeConversionException(
                  "'"
                      + word
                      + "' is no guard: give stacks, code, strays or writes, or several, as in stacks,code"));
    }
  }
}
