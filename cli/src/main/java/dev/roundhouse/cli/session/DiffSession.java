package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.compare.ComparedRun;
import dev.roundhouse.emulator.compare.Comparison;
import dev.roundhouse.emulator.compare.ProgramTrace;
import dev.roundhouse.emulator.engine.EngineChoice;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.run.RunEnd;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the same programs on the kernel model and in a booted kernel, and tells the difference. */
public final class DiffSession {
  private static final int MOST_NAMES = 5;
  private static final String ENOUGH = "cut off: as many steps as --steps allows";

  private final StandardEnd.Streams standard;
  private final Messages messages;
  private final Map<String, String> environment;

  /** Sessions of a process with those streams and that environment. */
  public DiffSession(
      StandardEnd.Streams standard, Messages messages, Map<String, String> environment) {
    this.standard = standard;
    this.messages = messages;
    this.environment = environment;
  }

  /**
   * What a user wants to compare, and how.
   *
   * @param engine the engine library to use; the best when empty
   * @param programs for the model
   * @param kernel to boot, with the profile of its calls
   */
  public record Plan(
      Optional<Path> engine,
      Guest.Programs programs,
      Guest.Kernel kernel,
      ComparedRun.Setting setting,
      Comparison.Order order) {}

  /**
   * Runs both, and prints what came of it.
   *
   * @throws UserError when it cannot be started
   * @throws dev.roundhouse.emulator.cpu.FullSystemUnsupportedException when the engine library
   *     cannot boot kernels
   */
  public ExitCode run(Plan plan, PrintStream out) throws UserError {
    EngineChoice engine = new Session(standard, messages, environment).choose(plan.engine());
    warnOfOtherPrograms(plan);
    Session.requireRoom(plan.kernel());
    ComparedRun kernel = ComparedRun.of(engine.engine(), plan.kernel(), plan.setting());
    ComparedRun model = ComparedRun.of(engine.engine(), plan.programs(), plan.setting());
    Comparison comparison = new Comparison(model.side(), kernel.side(), plan.order());
    ExitCode exitCode =
        switch (comparison.outcome()) {
          case Comparison.Outcome.Same(int steps) -> {
            out.println("the same: " + steps + " steps");
            yield ExitCode.FINISHED;
          }
          case Comparison.Outcome.Different(var difference, boolean isOrderOnly) -> {
            out.println("different after " + difference.same() + " steps that are the same");
            difference.lines().stream().map(Printable::line).forEach(out::println);
            if (isOrderOnly) {
              out.println(
                  "only the order differs: each task by itself does the same (--each-task)");
            }
            yield ExitCode.DIFFERENT;
          }
        };
    out.println(Printable.lines("the kernel model: " + end(model)));
    out.println(Printable.lines("the booted kernel: " + end(kernel)));
    return exitCode;
  }

  private static String end(ComparedRun run) {
    return run.end().map(RunEnd::text).orElse(ENOUGH);
  }

  /** A kernel has its programs linked in; with other ones a comparison says little. */
  private void warnOfOtherPrograms(Plan plan) {
    KernelImage image = plan.kernel().image();
    List<String> missing = ProgramTrace.missing(plan.programs().programs(), image);
    if (!missing.isEmpty()) {
      List<String> some = missing.subList(0, Math.min(missing.size(), MOST_NAMES));
      int more = missing.size() - some.size();
      messages.say(
          Tone.WARNING,
          "%s does not contain as they are here: %s%s; it has other ones of these names, or does not know them"
              .formatted(
                  image.name(),
                  String.join(", ", some),
                  more == 0 ? "" : " and " + more + " more of the programs given"));
    }
  }
}
