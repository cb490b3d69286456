package dev.roundhouse.kernel.abi;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.file.Fields;
import dev.roundhouse.devices.file.JsonFile;
import dev.roundhouse.devices.text.Words;
import dev.roundhouse.kernel.abi.ArgumentShape.Kind;
import dev.roundhouse.kernel.abi.CallAbi.FirstTask;
import dev.roundhouse.kernel.abi.CallAbi.MostUrgent;
import dev.roundhouse.kernel.abi.CallAbi.Returns;
import dev.roundhouse.kernel.abi.StubShape.Clobbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads ABI profiles (docs/abi-profiles.md). They are not trusted. */
public final class CallAbiReader {
  /** The profiles that ship with the product. */
  public static final List<String> SHIPPED = List.of("trainsos", "course", "mini", "sel4");

  private static final String NAME = "name";
  private static final String BASE = "based-on";
  private static final String NUMBER = "number";
  private static final String IMMEDIATE = "immediate";
  private static final String ARGUMENTS = "arguments";
  private static final int MOST_IMMEDIATE = 65_535;
  private static final int MOST_BYTES = 4096;
  private static final int MOST_CALLS = 1_000;
  private static final int MOST_TASKS = 100;
  private static final int MOST_ARGUMENTS = 8;
  private static final int LAST_REGISTER = 30;
  private static final int WORDS_WITH_LENGTH = 3;

  private CallAbiReader() {}

  /**
   * A profile that ships with the product.
   *
   * @param name one of {@link #SHIPPED}
   */
  public static CallAbi shipped(String name) {
    return abi(shippedFields(name));
  }

  /** All that the file of a profile that ships with the product says. */
  static Fields shippedFields(String name) {
    try (InputStream in = CallAbiReader.class.getResourceAsStream(name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("no profile " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return withBase(JsonFile.parse(name, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a profile.
   *
   * @param file its name, for messages
   * @throws CallAbiException when it is none
   */
  public static CallAbi parse(String file, String text) throws CallAbiException {
    try {
      return abi(withBase(JsonFile.parse(file, text)));
    } catch (DescriptionException e) {
      throw new CallAbiException(JsonFile.placed(e, text));
    }
  }

  private static Fields withBase(Fields own) {
    if (!own.has(BASE)) {
      return own;
    }
    var _ = own.text(NAME); // It is another kernel than its base.
    String base = own.text(BASE);
    if (!SHIPPED.contains(base)) {
      throw own.wrong(BASE, "\"%s\" must be one of %s".formatted(BASE, String.join(", ", SHIPPED)));
    }
    return own.over(shippedFields(base));
  }

  /** What a profile must say; {@code model} is for {@link AbiProfileReader}. */
  static CallAbi abi(Fields root) {
    root.only(
        "$schema",
        NAME,
        "about",
        BASE,
        NUMBER,
        IMMEDIATE,
        "returns",
        "prefix",
        "clobbers",
        "most-urgent",
        "tasks",
        "loader",
        "calls",
        "model");
    CallAbi.Entry entry = entry(root);
    return new CallAbi(root.text(NAME), entry, tasks(root), calls(root, entry));
  }

  private static CallAbi.Entry entry(Fields root) {
    String number = root.optionalText(NUMBER).orElse(IMMEDIATE);
    boolean isInRegister = !number.equals(IMMEDIATE);
    if (root.has(IMMEDIATE) && !isInRegister) {
      throw root.wrong(
          IMMEDIATE, "\"immediate\" needs \"number\": the register of a call's number");
    }
    String prefix = root.optionalText("prefix").orElse("");
    if (!prefix.matches("[A-Za-z_]?\\w{0,63}")) {
      throw root.wrong("prefix", "\"prefix\" must be the beginning of a function's name");
    }
    return new CallAbi.Entry(
        isInRegister ? register(root, NUMBER, number) : CallAbi.IMMEDIATE,
        root.has(IMMEDIATE)
            ? OptionalInt.of(root.integer(IMMEDIATE, 0, MOST_IMMEDIATE))
            : OptionalInt.empty(),
        root.oneOf("returns", Returns.BEHIND_SVC, Returns.values()),
        prefix);
  }

  private static CallAbi.Tasks tasks(Fields root) {
    MostUrgent mostUrgent =
        root.has("most-urgent")
            ? choice(root, "most-urgent", MostUrgent.values(), Words::of)
            : MostUrgent.LOWEST;
    return new CallAbi.Tasks(mostUrgent, firstTasks(root), root.optionalText("loader"));
  }

  private static List<FirstTask> firstTasks(Fields root) {
    List<FirstTask> tasks = new ArrayList<>();
    if (root.has("tasks")) {
      for (Fields task : limited(root, "tasks", MOST_TASKS)) {
        task.only("tid", "priority", "about", "role", "program");
        boolean isIdle = task.optionalText("role").filter("idle"::equals).isPresent();
        if (task.has("role") && !isIdle) {
          throw task.wrong("\"role\" of a task is \"idle\" or missing");
        }
        tasks.add(
            new FirstTask(
                task.integer("tid", 0, Integer.MAX_VALUE),
                task.integer("priority", Integer.MIN_VALUE, Integer.MAX_VALUE),
                task.optionalText("program"),
                isIdle));
      }
    }
    return tasks;
  }

  private static SortedMap<Long, CallShape> calls(Fields root, CallAbi.Entry entry) {
    SortedMap<Long, CallShape> calls = new TreeMap<>();
    Clobbers clobbers = StubShapeReader.clobbers(root).orElse(Clobbers.OF_FUNCTIONS);
    boolean isImmediate = entry.numberRegister() == CallAbi.IMMEDIATE;
    for (Fields call : limited(root, "calls", MOST_CALLS)) {
      call.only(
          NUMBER,
          NAME,
          "about",
          "role",
          ARGUMENTS,
          "result",
          "results",
          "clobbers",
          "memory",
          "stub");
      long number =
          isImmediate
              ? call.integer(NUMBER, 0, MOST_IMMEDIATE)
              : call.whole(NUMBER, Long.MIN_VALUE, Long.MAX_VALUE);
      if (calls.put(number, call(call, clobbers)) != null) {
        throw call.wrong(NUMBER, "a second call with number " + number);
      }
    }
    return calls;
  }

  private static CallShape call(Fields call, Clobbers clobbers) {
    CallShape.Role role =
        call.has("role")
            ? choice(call, "role", CallShape.Role.values(), CallShape.Role::word)
            : CallShape.Role.PLAIN;
    CallShape.Result result = call.oneOf("result", CallShape.Result.INT, CallShape.Result.values());
    List<ArgumentShape> arguments = arguments(call);
    StubShape stub = new StubShapeReader(call, arguments, result).read(clobbers);
    return new CallShape(call.text(NAME), role, arguments, result(result, stub), stub);
  }

  /** What a trace compares of x0. */
  private static CallShape.Result result(CallShape.Result said, StubShape stub) {
    boolean isNumber =
        stub.results().stream().anyMatch(one -> one.register() == 0 && one.kind() == Kind.INT);
    return said == CallShape.Result.INT && !isNumber ? CallShape.Result.ANY : said;
  }

  private static List<Fields> limited(Fields of, String name, int most) {
    List<Fields> objects = of.objects(name);
    if (objects.size() > most) {
      throw of.wrong(name, "\"" + name + "\" has more than " + most + " entries");
    }
    return objects;
  }

  /** Such as {@code to=tid x0, msg=in x1 x2}. */
  private static List<ArgumentShape> arguments(Fields call) {
    Optional<String> text = call.optionalText(ARGUMENTS);
    List<ArgumentShape> arguments = new ArrayList<>();
    if (text.isPresent()) {
      for (String each : text.get().split(",", -1)) {
        arguments.add(argument(call, each.strip()));
      }
    }
    if (arguments.size() > MOST_ARGUMENTS) {
      throw call.wrong(ARGUMENTS, "more than " + MOST_ARGUMENTS + " arguments");
    }
    return arguments;
  }

  private static ArgumentShape argument(Fields call, String text) {
    int equals = text.indexOf('=');
    String[] words = text.substring(equals + 1).strip().split(" +", -1);
    Kind kind =
        Kind.of(words[0])
            .orElseThrow(() ->
                call.wrong(ARGUMENTS, "\"" + words[0] + "\" is no kind of argument: " + all()));
    int wanted = kind.hasLength() || kind.hasSize() ? WORDS_WITH_LENGTH : WORDS_WITH_LENGTH - 1;
    if (equals < 1 || words.length != wanted) {
      String more = kind.hasLength() ? " xLENGTH" : kind.hasSize() ? " BYTES" : "";
      throw call.wrong(
          ARGUMENTS,
          "argument \"%s\" is not of the form NAME=%s xN%s".formatted(text, kind.word(), more));
    }
    return new ArgumentShape(
        text.substring(0, equals).strip(),
        kind,
        register(call, ARGUMENTS, words[1]),
        kind.hasLength() ? register(call, ARGUMENTS, words[2]) : 0,
        kind.hasSize() ? bytes(call, words[2]) : 0);
  }

  private static int bytes(Fields call, String word) {
    if (!word.matches("[1-9]\\d{0,3}") || Integer.parseInt(word) > MOST_BYTES) {
      throw call.wrong(ARGUMENTS, "\"" + word + "\" is no number of bytes: 1 to " + MOST_BYTES);
    }
    return Integer.parseInt(word);
  }

  private static String all() {
    List<String> words = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      words.add(kind.word());
    }
    return String.join(", ", words);
  }

  /** The number of a register that a field names. */
  static int register(Fields of, String field, String word) {
    for (int number = 0; number <= LAST_REGISTER; number++) {
      if (word.equals("x" + number)) {
        return number;
      }
    }
    throw of.wrong(field, "\"" + word + "\" is no register: x0 to x30");
  }

  /** A field that is the word of one of some constants. */
  static <E> E choice(Fields of, String name, E[] values, Function<E, String> wordOf) {
    String word = of.text(name);
    List<String> words = new ArrayList<>();
    for (E value : values) {
      String known = wordOf.apply(value);
      if (known.equals(word)) {
        return value;
      }
      words.add(known);
    }
    throw of.wrong(name, "\"" + name + "\" must be one of " + String.join(", ", words));
  }
}
