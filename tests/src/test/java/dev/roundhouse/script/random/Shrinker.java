package dev.roundhouse.script.random;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.emulator.conformance.script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes a failing system small: leaves out programs, inputs and rows of steps, and makes what is
 * left simpler, as long as it still fails (delta debugging, Zeller and Hildebrandt 2002).
 */
public final class Shrinker {
  private final Predicate<ScriptedSystem> fails;
  private int triesLeft;

  /**
   * A shrinker.
   *
   * @param mostTries how many systems are tried at most
   */
  public Shrinker(Predicate<ScriptedSystem> fails, int mostTries) {
    this.fails = fails;
    this.triesLeft = mostTries;
  }

  /** The smallest system that was found to fail, starting from one that does. */
  public ScriptedSystem shrink(ScriptedSystem failing) {
    ScriptedSystem smallest = failing;
    Optional<ScriptedSystem> smaller = Optional.of(failing);
    while (smaller.isPresent()) {
      smallest = smaller.get();
      smaller = smaller(smallest);
    }
    return smallest;
  }

  private Optional<ScriptedSystem> smaller(ScriptedSystem system) {
    return withoutInputs(system)
        .or(() -> withoutProgram(system))
        .or(() -> withFewerSteps(system))
        .or(() -> withSimplerSteps(system));
  }

  private Optional<ScriptedSystem> ifFailing(ScriptedSystem system) {
    return triesLeft-- > 0 && fails.test(system) ? Optional.of(system) : Optional.empty();
  }

  private Optional<ScriptedSystem> withoutInputs(ScriptedSystem system) {
    for (int index = 0; index < system.inputs().size(); index++) {
      var inputs = new ArrayList<>(system.inputs());
      inputs.remove(index);
      var smaller =
          ifFailing(
              new ScriptedSystem(system.programs(), system.files(), inputs, system.limitNanos()));
      if (smaller.isPresent()) {
        return smaller;
      }
    }
    return Optional.empty();
  }

  private Optional<ScriptedSystem> withoutProgram(ScriptedSystem system) {
    for (int index = 1; index < system.programs().size(); index++) {
      List<Script> programs = new ArrayList<>(system.programs());
      if (!programs.remove(index).equals(ScriptedSystem.NAME_SERVER)) {
        var smaller = ifFailing(with(system, programs));
        if (smaller.isPresent()) {
          return smaller;
        }
      }
    }
    return Optional.empty();
  }

  private static ScriptedSystem with(ScriptedSystem system, List<Script> programs) {
    return new ScriptedSystem(programs, system.files(), system.inputs(), system.limitNanos());
  }

  private Optional<ScriptedSystem> withSteps(ScriptedSystem system, int program, List<Step> steps) {
    List<Script> programs = new ArrayList<>(system.programs());
    programs.set(program, new Script(programs.get(program).name(), steps));
    return ifFailing(with(system, programs));
  }

  private Optional<ScriptedSystem> withFewerSteps(ScriptedSystem system) {
    for (int program = 0; program < system.programs().size(); program++) {
      List<Step> steps = system.programs().get(program).steps();
      for (int row = steps.size(); row > 0; row /= 2) {
        for (int first = 0; first + row <= steps.size(); first += row) {
          List<Step> fewer = new ArrayList<>(steps);
          fewer.subList(first, first + row).clear();
          var smaller = withSteps(system, program, fewer);
          if (smaller.isPresent()) {
            return smaller;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<ScriptedSystem> withSimplerSteps(ScriptedSystem system) {
    for (int program = 0; program < system.programs().size(); program++) {
      List<Step> steps = system.programs().get(program).steps();
      for (int index = 0; index < steps.size(); index++) {
        for (Step simpler : simpler(steps.get(index))) {
          List<Step> changed = new ArrayList<>(steps);
          changed.set(index, simpler);
          var smaller = withSteps(system, program, changed);
          if (smaller.isPresent()) {
            return smaller;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Steps that do less; none is its own. */
  private static List<Step> simpler(Step step) {
    return switch (step) {
      case Step.Compute(int turns) when turns > 1 -> List.of(new Step.Compute(turns / 2));
      case Step.ArmTimer(int micros) when micros > 1 -> List.of(new Step.ArmTimer(micros / 2));
      case Step.Create(int priority, Message arguments) when priority > 0 ->
          List.of(new Step.Create(priority - 1, arguments));
      case Step.Send send when hasBytes(send.message()) ->
          List.of(new Step.Send(send.to(), half(send.message()), send.reply()));
      case Step.Send send when hasBuffer(send.reply()) ->
          List.of(new Step.Send(send.to(), send.message(), half(send.reply())));
      case Step.Receive receive when hasBuffer(receive.message()) ->
          List.of(new Step.Receive(receive.tid(), half(receive.message())));
      case Step.Reply reply when hasBytes(reply.message()) ->
          List.of(new Step.Reply(reply.to(), half(reply.message())));
      default -> List.of();
    };
  }

  private static boolean hasBytes(Message message) {
    return message instanceof Message.Text(String bytes) && !bytes.isEmpty();
  }

  private static Message half(Message message) {
    return message instanceof Message.Text(String bytes)
        ? Message.text(bytes.substring(0, bytes.length() / 2))
        : message;
  }

  private static boolean hasBuffer(Buffer buffer) {
    return buffer instanceof Buffer.Own(int length) && length > 0;
  }

  private static Buffer half(Buffer buffer) {
    return buffer instanceof Buffer.Own(int length) ? Buffer.of(length / 2) : buffer;
  }
}
