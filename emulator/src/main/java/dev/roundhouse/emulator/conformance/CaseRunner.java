package dev.roundhouse.emulator.conformance;

import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.oracle.BrokenOracleException;
import dev.roundhouse.emulator.oracle.Oracles;
import dev.roundhouse.emulator.oracle.TraceOracle;
import dev.roundhouse.emulator.script.EngineRunner;
import dev.roundhouse.emulator.script.ModelRunner;
import dev.roundhouse.emulator.script.Observation;
import dev.roundhouse.emulator.script.ScriptedSystem;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs cases on one kernel: on the model alone, and through an engine where there is one. Not for
 * several threads at a time.
 */
public final class CaseRunner {
  private final AbiProfile profile;
  private final ModelRunner model;
  private final Optional<EngineRunner> engine;

  private CaseRunner(AbiProfile profile, Optional<EngineRunner> engine) {
    this.profile = profile;
    this.model = new ModelRunner(profile);
    this.engine = engine;
  }

  /** On the kernel model alone. */
  public static CaseRunner onModel(AbiProfile profile) {
    return new CaseRunner(profile, Optional.empty());
  }

  /** On the kernel model alone and through an engine. */
  public static CaseRunner onBoth(AbiProfile profile, Engine engine) {
    return new CaseRunner(profile, Optional.of(new EngineRunner(profile, engine)));
  }

  /** Which kernel it is. */
  public AbiProfile profile() {
    return profile;
  }

  /**
   * Runs a case and holds what is seen against what must be seen, and each entry into the kernel
   * against what must hold of every run.
   *
   * @return what differs; nothing if the case passes
   * @throws IllegalArgumentException if the case has no expectation for this kernel
   */
  public List<Difference> run(ConformanceCase one) {
    Expectation expected =
        one.expectation(profile)
            .orElseThrow(() -> new IllegalArgumentException(one.name() + " is not of this kernel"));
    try {
      return differences(one.system(), expected);
    } catch (BrokenOracleException e) {
      return List.of(
          new Difference("what must hold of every run", "holds", String.valueOf(e.getMessage())));
    }
  }

  private List<Difference> differences(ScriptedSystem system, Expectation expected) {
    Observation onModel = model.run(system, List.of(new Oracles(profile)));
    List<Difference> differences = new ArrayList<>();
    add(differences, "on the model", Comparison.of(system, onModel, expected));
    engine.ifPresent(runner -> {
      Observation onEngine = runner.run(system, List.of(new TraceOracle(profile)));
      add(differences, "through the engine", Comparison.of(system, onEngine, expected));
      if (differences.isEmpty() && !onEngine.equals(onModel)) {
        differences.add(
            new Difference("model and engine differ", onModel.toString(), onEngine.toString()));
      }
    });
    return differences;
  }

  /** What is seen of a case on the model. */
  Observation observe(ConformanceCase one) {
    return model.run(one.system());
  }

  private static void add(List<Difference> all, String where, List<Difference> more) {
    for (Difference one : more) {
      all.add(new Difference(where + ": " + one.what(), one.expected(), one.seen()));
    }
  }
}
