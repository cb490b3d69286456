package dev.roundhouse.cli;

import dev.roundhouse.cli.console.ExitCode;
import dev.roundhouse.cli.console.UserError;
import dev.roundhouse.cli.layout.LayoutDifference;
import dev.roundhouse.cli.layout.LayoutTable;
import dev.roundhouse.emulator.debuginfo.DebugInfo;
import dev.roundhouse.emulator.debuginfo.DebugInfoException;
import dev.roundhouse.emulator.debuginfo.StructLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
          + " files it ends with 1 when names, offsets or sizes of members differ.",
    },
    footer = {"", "Example:", "  roundhouse layout A.elf B.elf --struct SharedMem"})
final class LayoutCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;
  private static final int MOST_HINTS = 5;

  private final Host host;

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

  LayoutCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() throws UserError {
    List<StructLayout> layouts = new ArrayList<>();
    for (Path file : files) {
      layouts.add(layout(file));
    }
    for (int i = 0; i < layouts.size(); i++) {
      LayoutTable.of(files.get(i).toString(), layouts.get(i)).forEach(host.out()::println);
    }
    Optional<String> difference = LayoutDifference.between(layouts.getFirst(), layouts.getLast());
    if (files.size() > 1) {
      host.out().println(difference.map(text -> "different: " + text).orElse("the same layout"));
    }
    host.out().flush();
    return difference.isPresent() ? DIFFERENT : ExitCode.FINISHED.code();
  }

  private StructLayout layout(Path file) throws UserError {
    try {
      DebugInfo info = DebugInfo.read(ProgramFile.read(file, host.messages()));
      List<StructLayout> found = info.structs(struct);
      if (found.isEmpty()) {
        found = info.structs(withoutNamespaces());
      }
      if (found.isEmpty()) {
        throw new UserError(
            ExitCode.USAGE, "layout: " + file + " has no struct " + struct + hint(info.names()));
      }
      if (found.size() > 1) {
        List<String> names = found.stream().map(StructLayout::name).distinct().toList();
        throw new UserError(
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
      return found.getFirst();
    } catch (DebugInfoException e) {
      throw new UserError(ExitCode.PROGRAM, "layout: " + file + ": " + e.getMessage(), e);
    }
  }

  /** C has no namespaces. */
  private String withoutNamespaces() {
    return struct.substring(struct.lastIndexOf(':') + 1);
  }

  private String hint(List<String> names) {
    String wanted = withoutNamespaces().toLowerCase(Locale.ROOT);
    List<String> alike =
        names.stream().filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted)).toList();
    return alike.isEmpty()
        ? "; it has " + names.size() + (names.isEmpty() ? "" : ", for example " + some(names))
        : "; did you mean " + some(alike) + "?";
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(names.size(), MOST_HINTS)));
  }
}
