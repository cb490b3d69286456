package dev.roundhouse.cli;

import dev.roundhouse.cli.elf.ProgramFile;
import dev.roundhouse.cli.layout.LayoutDifference;
import dev.roundhouse.cli.layout.LayoutTable;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.ComparingCommand;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.devices.text.SimilarNames;
import dev.roundhouse.emulator.debuginfo.DebugInfo;
import dev.roundhouse.emulator.debuginfo.DebugInfoException;
import dev.roundhouse.emulator.debuginfo.StructLayout;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code layout}: shows how a structure lies in memory, and whether two programs agree. */
@Command(
    name = "layout",
    header = "Show a structure's layout, and whether two programs agree on it.",
    description = {
      "Reads the debug information of programs in C or Rust (built with -g, DWARF 4 or 5). With two"
          + " files it ends with 1 when names, offsets or sizes of members differ, and never with 1"
          + " for another reason.",
    },
    footer = {"", "Example:", "  roundhouse layout A.elf B.elf --struct SharedMem"})
final class LayoutCommand implements Callable<Integer>, ComparingCommand {
  private static final int DIFFERENT = 1;
  private static final int MOST_HINTS = 5;
  private static final int LONGEST_HINT = 100;
  private static final int LONGEST_LINE = 1000;

  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Parameters(arity = "1..2", paramLabel = "FILE.elf", description = "One or two programs.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--struct",
      required = true,
      paramLabel = "NAME",
      description = "The structure; namespaces may stand before it: module::Name.")
  private String struct = "";

  LayoutCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public String meaningOfOne() {
    return "two programs do not agree on the structure";
  }

  @Override
  public Integer call() throws UserError {
    if (files.size() > 2) {
      throw new UserError(
          ExitCode.USAGE, "layout: " + files.size() + " files are too many; give one or two");
    }
    if (withoutNamespaces().isBlank()) {
      throw new UserError(ExitCode.USAGE, "layout: --struct has no name; give a structure's");
    }
    List<StructLayout> layouts = new ArrayList<>();
    for (Path file : files) {
      layouts.add(layout(file));
    }
    for (int i = 0; i < layouts.size(); i++) {
      LayoutTable.of(files.get(i).toString(), layouts.get(i)).forEach(context.out()::println);
    }
    Optional<String> difference = LayoutDifference.between(layouts.getFirst(), layouts.getLast());
    if (files.size() > 1) {
      context
          .out()
          .println(
              difference
                  .map(text -> "different: " + Printable.line(text, LONGEST_LINE))
                  .orElse("the same layout"));
    }
    context.out().flush();
    return difference.isPresent() ? DIFFERENT : ExitCode.FINISHED.code();
  }

  private StructLayout layout(Path file) throws UserError {
    try {
      DebugInfo info = DebugInfo.read(ProgramFile.read(file, context.messages()));
      List<StructLayout> found = info.structs(struct);
      if (found.isEmpty()) {
        found = info.structs(withoutNamespaces());
      }
      if (found.isEmpty()) {
        throw missing(file, info);
      }
      if (found.size() > 1) {
        throw ambiguous(file, found);
      }
      return found.getFirst();
    } catch (DebugInfoException e) {
      throw new UserError(ExitCode.PROGRAM, "layout: " + file + ": " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new UserError(
          ExitCode.PROGRAM,
          "layout: "
              + file
              + ": has more debug information than there is memory for; set"
              + " ROUNDHOUSE_JVM_OPTIONS=-Xmx1g",
          e);
    }
  }

  private UserError missing(Path file, DebugInfo info) {
    List<String> names = info.names();
    if (names.isEmpty()) {
      String why =
          info.isSplit()
              ? "has its debug information in .dwo files, which are not read; build it without"
                  + " -gsplit-dwarf"
              : "has debug information without structures; build it with -g";
      return new UserError(ExitCode.PROGRAM, "layout: " + file + ": " + why);
    }
    String more = info.isSplit() ? "; what lies in .dwo files (-gsplit-dwarf) is not read" : "";
    return new UserError(
        ExitCode.USAGE, "layout: " + file + " has no struct " + struct + hint(names) + more);
  }

  private UserError ambiguous(Path file, List<StructLayout> found) {
    List<String> names = found.stream().map(StructLayout::name).distinct().toList();
    return new UserError(
        ExitCode.USAGE,
        "layout: "
            + file
            + " has "
            + found.size()
            + " different structs "
            + struct
            + ": "
            + some(names)
            + "; give one with its namespaces");
  }

  /** C has no namespaces. */
  private String withoutNamespaces() {
    return struct.substring(struct.lastIndexOf(':') + 1);
  }

  private String hint(List<String> names) {
    String alike = SimilarNames.hint(withoutNamespaces(), names);
    return alike.isEmpty() ? "; it has " + names.size() + ", for example " + some(names) : alike;
  }

  private static String some(List<String> names) {
    return names.stream()
        .limit(MOST_HINTS)
        .map(name -> Printable.line(name, LONGEST_HINT))
        .collect(Collectors.joining(", "));
  }
}
