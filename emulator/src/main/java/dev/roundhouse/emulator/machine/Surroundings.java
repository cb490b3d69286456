package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.plant.Motor;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.input.InputGate;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.ReplayGate;
import dev.roundhouse.emulator.input.UartAttachment;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a machine has whoever handles its traps: time, the lookout, the lines with their far ends
 * and the motors, which all live as long as it does; and the board, which lives from one reset to
 * the next.
 */
final class Surroundings {
  private static final long NANOS_PER_INSTRUCTION = 1;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final InputGate gate;
  private final SerialLines lines;
  private final Lookout lookout;
  private final List<Motor> motors;
  private Bcm2711 board;

  Surroundings(
      Map<Integer, UartAttachment> attachments,
      MachineConfig.Course course,
      MachineConfig.Listeners heard,
      Outfit outfit) {
    WallClock wall = WallClock.ofHost();
    gate = gateOf(course, heard);
    board = Bcm2711.create(clock, agenda, heard.trace(), heard.warnings());
    lines = new SerialLines(board, attachments);
    boolean isPaced = course.pacing() == MachineConfig.Pacing.REAL_TIME;
    Pacer pacer =
        isPaced && gate instanceof LiveGate live
            ? new Pacer.RealTime(wall, live)
            : new Pacer.Unpaced();
    lookout = new Lookout(gate, lines, pacer, wall, course.limits());
    lines.attach(
        heard.input(),
        lookout,
        new TrainSet.Machine(clock, agenda, heard.trace(), heard.warnings()));
    motors = outfit.motors().stream().map(plan -> plan.in(clock, agenda)).toList();
    connectPins();
  }

  private void connectPins() {
    motors.forEach(motor -> motor.connect(board.gpio()));
    board.testExit().whenAsked(code -> lookout.endWith(new RunEnd.Exited(code)));
  }

  private static InputGate gateOf(MachineConfig.Course course, MachineConfig.Listeners heard) {
    return course
        .replayed()
        .<InputGate>map(inputs -> new ReplayGate(inputs, heard.input()))
        .orElseGet(() -> new LiveGate(heard.input()));
  }

  /** Puts a fresh board in the place of the present one, on the same lines and pins. */
  void reset() {
    board = board.reset();
    lines.moveTo(board);
    connectPins();
  }

  /** Lets live peers offer input. */
  void start() {
    if (gate instanceof LiveGate live) {
      live.whenStopIsWanted(lookout.call()::call);
      lines.start(live);
    }
  }

  /** The processor is about to be closed, and the run over or at a reboot. */
  void leaveProcessor() {
    lookout.call().reachNobody();
  }

  /** The run is over. */
  void stop() {
    lookout.close();
  }

  /** Time that a processor's instructions move, all at the same rate. */
  GuestTime timeOf(InstructionBudget budget) {
    return timeOf(budget, () -> NANOS_PER_INSTRUCTION);
  }

  /**
   * Time that a processor's instructions move at a rate that may change, see {@link GuestTime}; the
   * processor hears calls from outside.
   */
  GuestTime timeOf(InstructionBudget budget, LongSupplier rate) {
    lookout.call().reach(budget);
    return new GuestTime(clock, agenda, budget, rate);
  }

  VirtualClock clock() {
    return clock;
  }

  Bcm2711 board() {
    return board;
  }

  SerialLines lines() {
    return lines;
  }

  Lookout lookout() {
    return lookout;
  }
}
