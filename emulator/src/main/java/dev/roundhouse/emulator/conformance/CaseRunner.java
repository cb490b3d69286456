package dev.roundhouse.emulator.conformance;

import dev.roundhouse.emulator.conformance.cases.ConformanceCase;
import dev.roundhouse.emulator.conformance.cases.Expectation;
import dev.roundhouse.emulator.conformance.oracle.BrokenOracleException;
import dev.roundhouse.emulator.conformance.oracle.Oracles;
import dev.roundhouse.emulator.conformance.script.Observation;
import dev.roundhouse.emulator.conformance.script.ScriptRunner;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs cases on one kernel: on the model with a processor that knows just the instructions of
 * scripts, and through an engine library where there is one. Not for several threads at a time.
 */
public final class CaseRunner {
  private final AbiProfile profile;
  private final ScriptRunner model;
  private final Optional<ScriptRunner> engine;

  private CaseRunner(AbiProfile profile, Optional<ScriptRunner> engine) {
    this.profile = profile;
    this.model = ScriptRunner.interpreting(profile);
    this.engine = engine;
  }

  /** Without an engine library. */
  public static CaseRunner onModel(AbiProfile profile) {
    return new CaseRunner(profile, Optional.empty());
  }

  /** Without an engine library and on one. */
  public static CaseRunner onBoth(AbiProfile profile, Engine engine) {
    return new CaseRunner(profile, Optional.of(ScriptRunner.on(engine, profile)));
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
  public List<Mismatch> run(ConformanceCase one) {
    Expectation expected =
        one.expectation(profile)
            .orElseThrow(() -> new IllegalArgumentException(one.name() + " is not of this kernel"));
    try {
      return differences(one.system(), expected);
    } catch (BrokenOracleException e) {
      return List.of(
          new Mismatch("what must hold of every run", "holds", String.valueOf(e.getMessage())));
    }
  }

  private List<Mismatch> differences(ScriptedSystem system, Expectation expected) {
    Observation onModel = model.run(system, new Oracles(profile));
    List<Mismatch> differences = new ArrayList<>();
    add(differences, "on the model", CaseComparison.of(system, onModel, expected));
    engine.ifPresent(runner -> {
      Observation onEngine = runner.run(system, new Oracles(profile));
      add(differences, "through the engine", CaseComparison.of(system, onEngine, expected));
      if (differences.isEmpty() && !onEngine.equals(onModel)) {
        differences.add(
            new Mismatch("model and engine differ", onModel.toString(), onEngine.toString()));
      }
    });
    return differences;
  }

  /** What is seen of a case on the model. */
  Observation observe(ConformanceCase one) {
    return model.run(one.system());
  }

  private static void add(List<Mismatch> all, String where, List<Mismatch> more) {
    for (Mismatch one : more) {
      all.add(new Mismatch(where + ": " + one.what(), one.expected(), one.seen()));
    }
  }
}
