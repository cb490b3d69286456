package dev.roundhouse.script.random;

import dev.roundhouse.emulator.conformance.oracle.Oracles;
import dev.roundhouse.emulator.conformance.script.Observation;
import dev.roundhouse.emulator.conformance.script.ScriptRunner;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.script.reference.Reference;
import dev.roundhouse.script.reference.Rules;
import java.util.Optional;

/** Checks systems: what is wrong with a run is told in one line. */
public final class RandomRun {
  private static final int MOST_TRIES = 5_000;

  private final AbiProfile profile;
  private final Rules rules;
  private final ScriptRunner model;

  /** Checks the kernel model of {@code profile} against {@code rules}. */
  public RandomRun(AbiProfile profile, Rules rules) {
    this.profile = profile;
    this.rules = rules;
    this.model = ScriptRunner.interpreting(profile);
  }

  /** Checks the kernel model of TrainsOS. */
  public static RandomRun trainsOs() {
    return new RandomRun(AbiProfile.trainsOs(), Rules.trainsOs());
  }

  /** Checks the kernel model of the course's specification. */
  public static RandomRun course() {
    return new RandomRun(AbiProfile.course(), Rules.course());
  }

  /**
   * A system that failed.
   *
   * @param system as small as it was found to fail
   * @param difference what is wrong with it
   */
  public record Failure(ScriptedSystem system, String difference) {
    /** All of it, in several lines. */
    public String text() {
      return difference + "\n" + SystemText.of(system);
    }
  }

  /** Runs a system on the model; what is wrong with it, if anything is. */
  public Optional<String> check(ScriptedSystem system) {
    try {
      return Reference.difference(rules, system, model.run(system, new Oracles(profile)));
    } catch (RuntimeException broken) {
      // An oracle that is broken, or a model that fails in itself.
      return Optional.of(broken.toString());
    }
  }

  /** Runs a system on an engine too, which must do what the model does. */
  public Optional<String> check(ScriptedSystem system, ScriptRunner engine) {
    Observation onEngine = engine.run(system, new Oracles(profile));
    Observation onModel = model.run(system);
    return onEngine.equals(onModel)
        ? Reference.difference(rules, system, onEngine)
        : Optional.of("engine and model differ: %s; %s".formatted(onEngine, onModel));
  }

  /** Makes a system that fails small. */
  public Failure shrink(ScriptedSystem failing) {
    ScriptedSystem small =
        new Shrinker(system -> check(system).isPresent(), MOST_TRIES).shrink(failing);
    return new Failure(small, check(small).orElse("fails no more"));
  }
}
