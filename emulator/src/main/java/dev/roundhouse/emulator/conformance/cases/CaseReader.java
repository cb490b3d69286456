package dev.roundhouse.emulator.conformance.cases;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a case from its lines: the name, then indented what the kernel does, in a sentence, then
 * lines that begin with a word. They are described in docs/conformance.md.
 */
final class CaseReader {
  /** Stands between two steps, and between what two of them gave. */
  static final String SEPARATOR = "; ";

  private static final Pattern INPUT = Pattern.compile("uart(\\d) (\\d+)ms ('.*')");
  private static final Pattern LIMIT = Pattern.compile("(\\d+)ms");
  private static final Pattern TASKS =
      Pattern.compile("(\\d+)(?:\\.\\.(\\d+))?:\\s*(.*?)(?:\\s*-> (.*))?");

  private final String name;
  private String says = "";
  private final List<Source> sources = new ArrayList<>();
  private final List<Script> programs = new ArrayList<>();
  private Function<ScriptedSystem, ScriptedSystem> around = Function.identity();
  private final SortedMap<String, Expectation> expectations = new TreeMap<>();

  /** For which kernels the lines say what must be seen: all, or those that a line has named. */
  private List<String> profiles = AbiProfile.all().stream().map(AbiProfile::name).toList();

  private CaseReader(String name) {
    this.name = name;
  }

  /** The cases of a file. */
  static List<ConformanceCase> cases(String file) {
    List<ConformanceCase> cases = new ArrayList<>();
    @Nullable CaseReader reader = null;
    for (String line : CaseText.lines(file)) {
      if (line.startsWith(" ") && reader != null) {
        reader.read(line.strip());
      } else {
        if (reader != null) {
          cases.add(reader.whole());
        }
        reader = new CaseReader(line);
      }
    }
    if (reader != null) {
      cases.add(reader.whole());
    }
    return cases;
  }

  private ConformanceCase whole() {
    ScriptedSystem system = ScriptedSystem.of(programs.toArray(Script[]::new));
    return new ConformanceCase(name, says, sources, around.apply(system), expectations);
  }

  private void read(String line) {
    if (says.isEmpty()) {
      says = line;
      return;
    }
    try {
      int end = line.indexOf(' ');
      read(end < 0 ? line : line.substring(0, end), end < 0 ? "" : line.substring(end + 1));
    } catch (RuntimeException e) {
      throw new IllegalStateException("case " + name + ", line '" + line + "': " + e, e);
    }
  }

  private void read(String word, String rest) {
    switch (word) {
      case "from" -> Stream.of(rest.split(", ")).map(Sources::named).forEach(sources::add);
      case "program" -> programs.add(StepReader.script(before(rest), behind(rest)));
      case "file" -> add(system -> system.file(before(rest), file(behind(rest))));
      case "input" -> readInput(matched(INPUT, rest));
      case "limit" -> readLimit(matched(LIMIT, rest));
      case "on" -> profiles = List.of(rest);
      case "order" -> expect(Expectation.order(CaseText.writtenOut(rest, " ")));
      case "entries" -> expect(Expectation.fullOrder(CaseText.writtenOut(rest, " ")));
      case "task" -> readTasks(matched(TASKS, rest));
      case "breaks" -> expect(expected().reports(rest));
      case "prints" -> expect(expected().prints(StepWords.text(CaseText.writtenOut(rest, ""))));
      case "end" -> expect(expected().ends(endKind(before(rest)), behind(rest)));
      default -> throw new IllegalArgumentException("no line begins with " + word);
    }
  }

  private void expect(Expectation expectation) {
    profiles.forEach(profile -> expectations.put(profile, expectation));
  }

  /** What is said by now of the kernels that the lines are about. */
  private Expectation expected() {
    Expectation expected = expectations.get(profiles.getFirst());
    if (expected == null) {
      throw new IllegalArgumentException("what must be seen begins with an order");
    }
    return expected;
  }

  private void add(Function<ScriptedSystem, ScriptedSystem> more) {
    around = around.andThen(more);
  }

  private void readInput(Matcher input) {
    int uart = Integer.parseInt(input.group(1));
    add(system -> system.input(uart, nanos(input.group(2)), StepWords.text(input.group(3))));
  }

  private void readLimit(Matcher limit) {
    add(system -> system.limit(nanos(limit.group(1))));
  }

  private void readTasks(Matcher tasks) {
    int first = Integer.parseInt(tasks.group(1));
    int last = tasks.group(2) == null ? first : Integer.parseInt(tasks.group(2));
    String state = tasks.group(4) == null ? Expectation.EXITED : tasks.group(4);
    expect(expected().tasks(first, last, CaseText.writtenOut(tasks.group(3), SEPARATOR), state));
  }

  /** {@code elf} and what is in it, or the file's text. */
  private static byte[] file(String content) {
    return content.startsWith("'")
        ? StepWords.text(content).getBytes(ISO_8859_1)
        : SmallElf.file(StepWords.ofEach(content));
  }

  private static long nanos(String millis) {
    return Duration.ofMillis(Long.parseLong(millis)).toNanos();
  }

  private static EndKind endKind(String word) {
    return EndKind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Matcher matched(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not of the form " + pattern);
    }
    return matcher;
  }

  private static String before(String named) {
    int colon = named.indexOf(": ");
    return colon < 0 ? named : named.substring(0, colon);
  }

  private static String behind(String named) {
    int colon = named.indexOf(": ");
    return colon < 0 ? "" : named.substring(colon + 2);
  }
}
