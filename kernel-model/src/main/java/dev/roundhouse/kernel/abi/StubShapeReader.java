package dev.roundhouse.kernel.abi;

import dev.roundhouse.devices.file.Fields;
import dev.roundhouse.devices.text.Words;
import dev.roundhouse.kernel.abi.ArgumentShape.Kind;
import dev.roundhouse.kernel.abi.StubShape.Clobbers;
import dev.roundhouse.kernel.abi.StubShape.Memory;
import dev.roundhouse.kernel.abi.StubShape.Parameter;
import dev.roundhouse.kernel.abi.StubShape.ResultShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what an ABI profile says of the functions that make a call. */
final class StubShapeReader {
  private static final String RESULTS = "results";
  private static final String CLOBBERS = "clobbers";
  private static final String MEMORY = "memory";
  private static final String STUB = "stub";
  private static final List<Kind> IN_REGISTERS = List.of(Kind.INT, Kind.LONG, Kind.TID, Kind.ANY);
  private static final Pattern RESULT = Pattern.compile("([A-Za-z_]\\w*) *= *(\\S+) +(\\S+)");
  private static final Pattern RANGE = Pattern.compile("(x\\d+)(?:-(x\\d+))?");
  private static final Pattern SHAPE = Pattern.compile("([^>]*?)(?:-> *([A-Za-z_]\\w*))?");

  /** x0 to x7 (Procedure Call Standard for AArch64, 6.8.2); no stub takes any from the stack. */
  private static final int MOST_PARAMETERS = 8;

  private final Fields call;
  private final List<ArgumentShape> arguments;
  private final CallShape.Result result;

  StubShapeReader(Fields call, List<ArgumentShape> arguments, CallShape.Result result) {
    this.call = call;
    this.arguments = arguments;
    this.result = result;
  }

  /**
   * The shape.
   *
   * @param otherwise what calls clobber that do not say it
   */
  StubShape read(Clobbers otherwise) {
    List<ResultShape> results = results();
    List<Parameter> parameters = new ArrayList<>();
    Optional<String> returned = results.stream().map(ResultShape::name).findFirst();
    if (call.has(STUB)) {
      Matcher shape = SHAPE.matcher(call.text(STUB));
      if (!shape.matches()) {
        throw call.wrong(STUB, "\"stub\" must be of the form a, b, *c -> d");
      }
      parameters.addAll(parameters(shape.group(1).strip(), results));
      returned = Optional.ofNullable(shape.group(2));
    } else {
      arguments.forEach(argument -> add(parameters, argument));
    }
    check(parameters, results, returned);
    return new StubShape(results, clobbers(call).orElse(otherwise), memory(), parameters, returned);
  }

  private static void add(List<Parameter> parameters, ArgumentShape argument) {
    parameters.add(new Parameter(argument.name(), false));
    if (argument.kind().hasLength()) {
      parameters.add(new Parameter(argument.lengthName(), false));
    }
  }

  private List<ResultShape> results() {
    if (!call.has(RESULTS)) {
      Kind kind = result == CallShape.Result.INT ? Kind.INT : Kind.ANY;
      return result == CallShape.Result.NONE || result == CallShape.Result.VOID
          ? List.of()
          : List.of(new ResultShape("result", kind, 0));
    }
    if (call.has("result")) {
      throw call.wrong(RESULTS, "both \"result\" and \"results\"; leave one out");
    }
    List<ResultShape> results = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    Set<Integer> registers = new TreeSet<>();
    for (String text : call.text(RESULTS).split(",", -1)) {
      ResultShape shape = result(text.strip());
      if (!names.add(shape.name()) || !registers.add(shape.register())) {
        throw call.wrong(RESULTS, "result \"" + text.strip() + "\" has a name or register again");
      }
      results.add(shape);
    }
    return results;
  }

  private ResultShape result(String text) {
    Matcher form = RESULT.matcher(text);
    Optional<Kind> kind =
        form.matches() ? Kind.of(form.group(2)).filter(IN_REGISTERS::contains) : Optional.empty();
    if (kind.isEmpty()) {
      throw call.wrong(
          RESULTS, "result \"" + text + "\" is not of the form NAME=int xN, or long, tid or any");
    }
    return new ResultShape(
        form.group(1), kind.get(), CallAbiReader.register(call, RESULTS, form.group(3)));
  }

  /** What a call, or a whole kernel, clobbers. */
  static Optional<Clobbers> clobbers(Fields of) {
    if (!of.has(CLOBBERS)) {
      return Optional.empty();
    }
    String text = of.text(CLOBBERS).strip();
    int registers = 0;
    boolean areFlags = false;
    for (String each : text.equals("none") ? new String[0] : text.split(",", -1)) {
      Matcher range = RANGE.matcher(each.strip());
      if (range.matches()) {
        int first = CallAbiReader.register(of, CLOBBERS, range.group(1));
        int last =
            range.group(2) == null ? first : CallAbiReader.register(of, CLOBBERS, range.group(2));
        for (int n = first; n <= last; n++) {
          registers |= 1 << n;
        }
      } else if (each.strip().equals("flags")) {
        areFlags = true;
      } else {
        throw of.wrong(
            CLOBBERS,
            "\"" + each.strip() + "\" in \"clobbers\" is not x0 to x30, x1-x18, or flags");
      }
    }
    return Optional.of(new Clobbers(registers, areFlags));
  }

  private Memory memory() {
    if (call.has(MEMORY)) {
      return CallAbiReader.choice(call, MEMORY, Memory.values(), Words::of);
    }
    boolean reads = arguments.stream().anyMatch(argument -> argument.kind().isRead());
    boolean writes = arguments.stream().anyMatch(argument -> argument.kind().isWritten());
    return writes ? reads ? Memory.READ_WRITE : Memory.WRITE : reads ? Memory.READ : Memory.NONE;
  }

  private List<Parameter> parameters(String text, List<ResultShape> results) {
    List<Parameter> parameters = new ArrayList<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String word = each.strip();
      String name = word.startsWith("*") ? word.substring(1).strip() : word;
      Optional<ArgumentShape> argument = argument(name);
      if (word.startsWith("*")) {
        boolean isKnown = results.stream().anyMatch(one -> one.name().equals(name));
        if (!isKnown) {
          throw call.wrong(STUB, "\"*" + name + "\" in \"stub\" is no result of the call");
        }
        parameters.add(new Parameter(name, true));
      } else if (argument.isPresent()) {
        add(parameters, argument.get());
      } else {
        throw call.wrong(STUB, "\"" + word + "\" in \"stub\" is no argument of the call");
      }
    }
    return parameters;
  }

  private Optional<ArgumentShape> argument(String name) {
    return arguments.stream().filter(argument -> argument.name().equals(name)).findFirst();
  }

  private void check(
      List<Parameter> parameters, List<ResultShape> results, Optional<String> returned) {
    Set<String> names = new TreeSet<>();
    for (Parameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw call.wrong(STUB, "a second parameter or argument \"" + parameter.name() + "\"");
      }
    }
    for (ArgumentShape argument : arguments) {
      if (!names.contains(argument.name())) {
        throw call.wrong(STUB, "\"stub\" lacks the argument \"" + argument.name() + "\"");
      }
    }
    if (call.has(STUB) && parameters.size() > MOST_PARAMETERS) {
      throw call.wrong(STUB, "\"stub\" has more than " + MOST_PARAMETERS + " parameters");
    }
    returned
        .filter(name -> results.stream().noneMatch(one -> one.name().equals(name)))
        .ifPresent(name -> {
          throw call.wrong(STUB, "\"-> " + name + "\" in \"stub\" is no result of the call");
        });
  }
}
