package dev.roundhouse.emulator.script;

import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.Strictness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs scripts as machine code on an engine, in a whole machine. */
public final class EngineRunner {
  private final AbiProfile profile;
  private final Engine engine;

  /** A runner for scripts on the kernel of {@code profile}. */
  public EngineRunner(AbiProfile profile, Engine engine) {
    this.profile = profile;
    this.engine = engine;
  }

  /**
   * Runs until nothing can happen any more or the system's limit is reached.
   *
   * @throws IllegalArgumentException if a script makes a call that this kernel does not have
   */
  public Observation run(ScriptedSystem system) {
    return run(system, List.of());
  }

  /** Runs with more listeners to the kernel's trace. */
  public Observation run(ScriptedSystem system, List<TraceSink> listeners) {
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
    Observer observer = new Observer(scripts);
    var guest =
        new Guest.Programs(profile, new ProgramCatalog(programs), List.of(), Strictness.TOLERANT);
    try (Machine machine = new Machine(config(system, guest, observer, listeners))) {
      var result = machine.run();
      return observer.observe(
          machine.kernel().orElseThrow(), machine.memory().orElseThrow(), result.end());
    }
  }

  private MachineConfig config(
      ScriptedSystem system, Guest guest, Observer observer, List<TraceSink> listeners) {
    List<TraceSink> sinks = new ArrayList<>(listeners);
    sinks.add(observer.trace());
    return new MachineConfig(
        engine,
        guest,
        ScriptInputs.lines(system, observer),
        new MachineConfig.Run(
            new RunLimits(system.limitNanos(), Long.MAX_VALUE),
            MachineConfig.Pacing.UNPACED,
            Optional.of(ScriptInputs.of(system))),
        new MachineConfig.Listeners(
            new TraceFork(sinks), observer::violated, (where, what) -> {}, InputLog.none()));
  }
}
