package dev.roundhouse.cli.session;

import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.machine.Outfit;
import dev.roundhouse.emulator.machine.RunEnd;
import dev.roundhouse.emulator.machine.RunResult;
import dev.roundhouse.emulator.observe.FaultReport;
import java.util.List;

/**
 * A run and what is to be told of its end.
 *
 * @param result how it went
 * @param report the lines about a task that could not go on; none for other ends
 */
record GuestRun(RunResult result, List<String> report) {
  /** Copies the report. */
  GuestRun {
    report = List.copyOf(report);
  }

  /** Makes a machine, runs it to its end and looks at what it left. */
  static GuestRun of(MachineConfig config, Outfit outfit, Complaints complaints) {
    try (Machine machine = new Machine(config, outfit)) {
      complaints.nameTasksOf(machine.kernel());
      return leftBy(machine, machine.run());
    }
  }

  /** What a machine left that has ended so. */
  static GuestRun leftBy(Machine machine, RunResult result) {
    return new GuestRun(result, report(machine, result.end()));
  }

  private static List<String> report(Machine machine, RunEnd end) {
    var scene = new FaultReport.Scene(machine.kernel(), machine.memory(), machine.lastCalls());
    return end instanceof RunEnd.ByKernel(var why) ? FaultReport.of(scene, why) : List.of();
  }
}
