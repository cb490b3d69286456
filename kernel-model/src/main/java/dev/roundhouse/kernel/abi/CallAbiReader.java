package dev.roundhouse.kernel.abi;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.file.Fields;
import dev.roundhouse.devices.file.JsonFile;
import dev.roundhouse.devices.text.Words;
import dev.roundhouse.kernel.abi.ArgumentShape.Kind;
import dev.roundhouse.kernel.abi.CallAbi.FirstTask;
import dev.roundhouse.kernel.abi.CallAbi.MostUrgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads ABI profiles (docs/abi-profiles.md). They are not trusted. */
public final class CallAbiReader {
  /** The profiles that ship with the product. */
  public static final List<String> SHIPPED = List.of("trainsos", "course", "mini");

  private static final String NAME = "name";
  private static final String BASE = "based-on";
  private static final int MOST_NUMBER = 65_535;
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
      throw new CallAbiException(String.valueOf(e.getMessage()));
    }
  }

  private static Fields withBase(Fields own) {
    if (!own.has(BASE)) {
      return own;
    }
    var _ = own.text(NAME); // It is another kernel than its base.
    String base = own.text(BASE);
    if (!SHIPPED.contains(base)) {
      throw own.wrong("\"%s\" must be one of %s".formatted(BASE, String.join(", ", SHIPPED)));
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
        "number",
        "most-urgent",
        "tasks",
        "loader",
        "calls",
        "model");
    String number = root.optionalText("number").orElse("immediate");
    int register = number.equals("immediate") ? CallAbi.IMMEDIATE : register(root, number);
    return new CallAbi(root.text(NAME), register, tasks(root), calls(root));
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

  private static SortedMap<Integer, CallShape> calls(Fields root) {
    SortedMap<Integer, CallShape> calls = new TreeMap<>();
    for (Fields call : limited(root, "calls", MOST_CALLS)) {
      call.only("number", "name", "about", "role", "arguments", "result");
      int number = call.integer("number", 0, MOST_NUMBER);
      CallShape.Role role =
          call.has("role")
              ? choice(call, "role", CallShape.Role.values(), CallShape.Role::word)
              : CallShape.Role.PLAIN;
      CallShape.Result result =
          call.has("result")
              ? choice(call, "result", CallShape.Result.values(), Words::of)
              : CallShape.Result.INT;
      CallShape shape = new CallShape(call.text("name"), role, arguments(call), result);
      if (calls.put(number, shape) != null) {
        throw call.wrong("a second call with number " + number);
      }
    }
    return calls;
  }

  private static List<Fields> limited(Fields of, String name, int most) {
    List<Fields> objects = of.objects(name);
    if (objects.size() > most) {
      throw of.wrong("\"" + name + "\" has more than " + most + " entries");
    }
    return objects;
  }

  /** Such as {@code to=tid x0, msg=in x1 x2}. */
  private static List<ArgumentShape> arguments(Fields call) {
    Optional<String> text = call.optionalText("arguments");
    List<ArgumentShape> arguments = new ArrayList<>();
    if (text.isPresent()) {
      for (String each : text.get().split(",", -1)) {
        arguments.add(argument(call, each.strip()));
      }
    }
    if (arguments.size() > MOST_ARGUMENTS) {
      throw call.wrong("more than " + MOST_ARGUMENTS + " arguments");
    }
    return arguments;
  }

  private static ArgumentShape argument(Fields call, String text) {
    int equals = text.indexOf('=');
    String[] words = text.substring(equals + 1).strip().split(" +", -1);
    Kind kind =
        Kind.of(words[0])
            .orElseThrow(() -> call.wrong("\"" + words[0] + "\" is no kind of argument: " + all()));
    int wanted = kind.hasLength() ? WORDS_WITH_LENGTH : WORDS_WITH_LENGTH - 1;
    if (equals < 1 || words.length != wanted) {
      throw call.wrong(
          "argument \"%s\" is not of the form NAME=%s xN%s"
              .formatted(text, kind.word(), kind.hasLength() ? " xLENGTH" : ""));
    }
    return new ArgumentShape(
        text.substring(0, equals).strip(),
        kind,
        register(call, words[1]),
        kind.hasLength() ? register(call, words[2]) : 0);
  }

  private static String all() {
    List<String> words = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      words.add(kind.word());
    }
    return String.join(", ", words);
  }

  private static int register(Fields of, String word) {
    for (int number = 0; number <= LAST_REGISTER; number++) {
      if (word.equals("x" + number)) {
        return number;
      }
    }
    throw of.wrong("\"" + word + "\" is no register: x0 to x30");
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
    throw of.wrong("\"" + name + "\" must be one of " + String.join(", ", words));
  }
}
