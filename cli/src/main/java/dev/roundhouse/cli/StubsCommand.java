package dev.roundhouse.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.roundhouse.cli.converter.AbiConverter;
import dev.roundhouse.cli.elf.ProgramFile;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.JsonOption;
import dev.roundhouse.cli.options.Values;
import dev.roundhouse.cli.session.Session;
import dev.roundhouse.cli.stubs.StubFiles;
import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.stubs.StubCheck;
import dev.roundhouse.emulator.stubs.StubCheck.Verdict;
import dev.roundhouse.emulator.stubs.StubFile;
import dev.roundhouse.kernel.abi.CallAbi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stubs}: checks the functions that make system calls, by executing them. */
@Command(
    name = "stubs",
    header = "Check or make the functions of programs that make system calls.",
    description = {
      "check executes each function that is named as a call of the ABI, with several states of the"
          + " registers: at the svc it compares number, immediate and arguments, then it changes all"
          + " that the kernel may change, and looks at results, preserved registers, sp and every"
          + " write. Of two files, stubs that are as the ABI says do the same; what only one has is told.",
      "",
      "generate writes them in C or Rust, and beside them functions for check.",
    },
    footer = {
      "",
      "Examples:",
      "  roundhouse stubs check --abi trainsos A.elf B.elf",
      "  roundhouse stubs generate --abi sel4 --language rust -o src"
    })
final class StubsCommand implements Callable<Integer> {
  private static final String CHECK = "check";
  private static final String GENERATE = "generate";
  private static final int LONGEST_LINE = 1000;

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      completionCandidates = Actions.class,
      description = "check or generate.")
  private String action = "";

  @Parameters(
      index = "1..*",
      arity = "0..2",
      paramLabel = "FILE.elf",
      description = "One or two programs or kernels, with their symbols.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--abi",
      required = true,
      paramLabel = "PROFILE",
      converter = AbiConverter.class,
      completionCandidates = Values.Abis.class,
      description =
          "What the system calls are: trainsos, course, mini, sel4, or a file"
              + " (docs/abi-profiles.md).")
  private CallAbi abi = CallAbi.UNKNOWN;

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      completionCandidates = Languages.class,
      description = "generate: c or rust.")
  private String language = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "generate: the folder to write to.")
  private @Nullable Path output;

  @Option(
      names = "--engine",
      paramLabel = "FILE",
      description = "The engine library to use, in place of the best that is found.")
  private @Nullable Path engine;

  @Mixin private JsonOption json = new JsonOption();

  /** Their words. */
  record Actions() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of(CHECK, GENERATE).iterator();
    }
  }

  /** What stubs are made in. */
  record Languages() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return StubFiles.LANGUAGES.iterator();
    }
  }

  StubsCommand(CommandContext context) {
    this.context = context;
  }

  /** What came of a file. */
  private record Checked(String file, List<Verdict> verdicts) {
    Set<String> functions() {
      return verdicts.stream()
          .map(Verdict::function)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Override
  public Integer call() throws UserError {
    return switch (action) {
      case CHECK -> check();
      case GENERATE -> generate();
      default ->
          throw new UserError(
              ExitCode.USAGE, "stubs: there is no action '" + action + "'; give check or generate");
    };
  }

  private int generate() throws UserError {
    if (!StubFiles.LANGUAGES.contains(language) || output == null || !files.isEmpty()) {
      throw new UserError(
          ExitCode.USAGE, "stubs generate needs --language c or rust, -o DIR, and no program");
    }
    StubFiles.write(abi, language, output).forEach(file -> line("wrote " + file));
    context.out().flush();
    return ExitCode.FINISHED.code();
  }

  private int check() throws UserError {
    if (files.isEmpty() || files.size() > 2) {
      throw new UserError(ExitCode.USAGE, "stubs check needs one program, or two");
    }
    Engine chosen =
        new Session(context.standard(), context.messages(), context.environment())
            .choose(Optional.ofNullable(engine))
            .engine();
    List<Checked> checked = new ArrayList<>();
    for (Path path : files) {
      checked.add(checked(chosen, path));
    }
    List<String> lacking = new ArrayList<>(lacking(checked.getFirst(), checked.getLast()));
    lacking.addAll(lacking(checked.getLast(), checked.getFirst()));
    boolean isDifferent =
        checked.stream()
            .flatMap(each -> each.verdicts.stream())
            .anyMatch(verdict -> verdict.difference().isPresent());
    ExitCode exit = isDifferent ? ExitCode.DIFFERENT : ExitCode.FINISHED;
    if (json.isWanted()) {
      context.out().println(object(checked, lacking, exit));
    } else {
      checked.forEach(this::show);
      lacking.forEach(this::line);
    }
    context.out().flush();
    return exit.code();
  }

  private Checked checked(Engine chosen, Path path) throws UserError {
    StubFile file = StubFile.of(path.toString(), ProgramFile.read(path, context.messages()));
    List<Verdict> verdicts = StubCheck.of(chosen, abi, file);
    if (verdicts.isEmpty()) {
      throw new UserError(
          ExitCode.PROGRAM,
          "stubs: %s has no function that is named as a call of %s, such as %s"
              .formatted(path, abi.name(), example()));
    }
    return new Checked(path.toString(), verdicts);
  }

  private String example() {
    return abi.calls().values().stream()
        .findFirst()
        .map(call -> abi.entry().prefix() + call.name())
        .orElse("none: it has no calls");
  }

  /** The calls that only one of two files has stubs for, in words; nothing if there are none. */
  private static List<String> lacking(Checked one, Checked other) {
    Set<String> only = calls(one);
    only.removeAll(calls(other));
    return only.isEmpty()
        ? List.of()
        : List.of("only " + one.file + " has stubs for " + String.join(", ", only));
  }

  private static Set<String> calls(Checked checked) {
    return checked.verdicts.stream()
        .map(Verdict::call)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void show(Checked checked) {
    long different = 0;
    for (Verdict verdict : checked.verdicts) {
      if (verdict.difference().isPresent()) {
        different++;
        line(
            "%s: %s: %s (%s)"
                .formatted(
                    checked.file, verdict.function(), verdict.difference().get(), verdict.place()));
      }
    }
    long same = checked.functions().size() - different;
    Set<String> missing = new TreeSet<>();
    abi.calls().values().forEach(call -> missing.add(call.name()));
    missing.removeAll(calls(checked));
    line(
        "%s: %s as %s says, %d different%s"
            .formatted(
                checked.file,
                same == 1 ? "1 stub is" : same + " stubs are",
                abi.name(),
                different,
                missing.isEmpty() ? "" : "; none for " + String.join(", ", missing)));
  }

  private void line(String text) {
    context.out().println(Printable.line(text, LONGEST_LINE));
  }

  private static String object(List<Checked> checked, List<String> lacking, ExitCode exit) {
    JsonArray all = new JsonArray();
    for (Checked each : checked) {
      JsonArray stubs = new JsonArray();
      for (Verdict verdict : each.verdicts) {
        JsonObject stub = new JsonObject();
        stub.addProperty("call", verdict.call());
        stub.addProperty("function", verdict.function());
        verdict
            .difference()
            .ifPresent(text -> {
              stub.addProperty("difference", text);
              stub.addProperty("place", verdict.place());
            });
        stubs.add(stub);
      }
      JsonObject file = new JsonObject();
      file.addProperty("file", each.file);
      file.add("stubs", stubs);
      all.add(file);
    }
    JsonArray only = new JsonArray();
    lacking.forEach(only::add);
    JsonObject json = new JsonObject();
    json.add("files", all);
    json.add("onlyOne", only);
    json.addProperty("exitCode", exit.code());
    return JsonText.shown(json.toString());
  }
}
