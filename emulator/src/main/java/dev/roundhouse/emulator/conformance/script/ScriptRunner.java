package dev.roundhouse.emulator.conformance.script;

import dev.roundhouse.emulator.conformance.processor.ScriptEngine;
import dev.roundhouse.emulator.conformance.processor.ScriptMemory;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.Strictness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Runs scripts as machine code in a whole machine. */
public final class ScriptRunner {
  private final AbiProfile profile;
  private final Function<RunWatch, Engine> engines;

  private ScriptRunner(AbiProfile profile, Function<RunWatch, Engine> engines) {
    this.profile = profile;
    this.engines = engines;
  }

  /**
   * A runner on the kernel of {@code profile}, without an engine library, on a processor that knows
   * just the instructions of scripts. For one thread at a time.
   */
  public static ScriptRunner interpreting(AbiProfile profile) {
    ScriptMemory memory = new ScriptMemory();
    return new ScriptRunner(profile, watch -> new ScriptEngine(memory, watch::written));
  }

  /** A runner on the kernel of {@code profile} and an engine library. */
  public static ScriptRunner on(Engine engine, AbiProfile profile) {
    return new ScriptRunner(profile, _ -> engine);
  }

  /**
   * Runs until nothing can happen any more or the system's limit is reached.
   *
   * @throws IllegalArgumentException if a script makes a call that this kernel does not have
   */
  public Observation run(ScriptedSystem system) {
    return run(system, RunWatch.NONE);
  }

  /** Runs watched. */
  public Observation run(ScriptedSystem system, RunWatch watch) {
    Map<String, ScriptProgram> scripts = new TreeMap<>();
    SyscallNumbers numbers = new SyscallNumbers(profile);
    Map<String, ParseResult> programs = new LinkedHashMap<>();
    for (Script script : system.programs()) {
      ScriptProgram program = ScriptProgram.of(script, numbers);
      scripts.put(script.name(), program);
      programs.put(script.name(), ElfImage.parse(script.name(), ScriptElf.of(program)));
    }
    system
        .files()
        .forEach(file -> programs.put(file.name(), ElfImage.parse(file.name(), file.elf())));
    Observer observer = new Observer(scripts, watch);
    var guest =
        new Guest.Programs(profile, new ProgramCatalog(programs), List.of(), Strictness.TOLERANT);
    try (Machine machine = new Machine(config(engines.apply(watch), system, guest, observer))) {
      Kernel kernel = machine.kernel().orElseThrow();
      watch.starts(kernel);
      RunEnd end = machine.run().end();
      watch.ended(end);
      return observer.observe(kernel, machine.memory().orElseThrow(), end);
    }
  }

  private static MachineConfig config(
      Engine engine, ScriptedSystem system, Guest guest, Observer observer) {
    return new MachineConfig(
        engine,
        guest,
        ScriptInputs.lines(system, observer),
        new MachineConfig.Run(
            new RunLimits(system.limitNanos(), Long.MAX_VALUE),
            MachineConfig.Pacing.UNPACED,
            Optional.of(ScriptInputs.of(system))),
        new MachineConfig.Listeners(
            observer, observer::violated, (where, what) -> {}, InputLog.none()));
  }
}
