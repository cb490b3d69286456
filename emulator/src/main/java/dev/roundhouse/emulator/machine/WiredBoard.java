package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.plant.Motor;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.BoundedWarnings;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.emulator.cpu.InstructionBudget;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputGate;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.ReplayGate;
import dev.roundhouse.emulator.run.GuestTime;
import dev.roundhouse.emulator.run.Pacer;
import dev.roundhouse.emulator.run.RunControl;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.SerialLines;
import dev.roundhouse.emulator.run.WallClock;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The board with what is wired to it: lines with their far ends, motors, the clock that moves them,
 * and who watches over the run. All of that lives as long as the machine; the board itself lives
 * from one reset to the next.
 */
final class WiredBoard {
  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final InputGate gate;
  private final SerialLines lines;
  private final RunControl control;
  private final List<Motor> motors;
  private final Halts halts = new Halts();
  private final PlacedWarnings warnings;
  private Board board;

  WiredBoard(MachineConfig config) {
    MachineConfig.Listeners heard = config.listeners();
    WallClock wall = WallClock.ofHost();
    gate = gateOf(config.run(), heard);
    warnings = new PlacedWarnings(heard.warnings());
    board = Bcm2711.create(clock, agenda, heard.trace(), BoundedWarnings.of(warnings));
    lines = new SerialLines(board, config.lines());
    boolean isPaced = config.run().pacing() == MachineConfig.Pacing.REAL_TIME;
    Pacer pacer =
        isPaced && gate instanceof LiveGate live
            ? new Pacer.RealTime(wall, live, text -> heard.warnings().warn("real time", text))
            : new Pacer.Unpaced();
    control = new RunControl(gate, lines, pacer, wall, config.run().limits());
    lines.attach(
        heard.input(),
        control,
        new TrainSet.Machine(clock, agenda, heard.trace(), heard.warnings()));
    motors = config.extras().motors().stream().map(plan -> plan.in(clock, agenda)).toList();
    connectPins();
  }

  private void connectPins() {
    motors.forEach(motor -> motor.connect(board.gpio()));
    board.whenExitAsked(code -> control.endWith(new RunEnd.Exited(code)));
  }

  private static InputGate gateOf(MachineConfig.Run run, MachineConfig.Listeners heard) {
    return run.replayed()
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
      live.whenStopIsWanted(control.call()::call);
      live.whenTasksAreWanted(control::askForTasks);
      lines.start(live);
    }
  }

  /** Leaves a request to stop at the gate, which looks soon; any thread. */
  void requestStop() {
    if (gate instanceof LiveGate live) {
      live.offer(new ExternalInput.StopRequest());
    }
  }

  boolean isStopWanted() {
    return gate instanceof LiveGate live && live.isStopWanted();
  }

  /** The processor is about to be closed, and the run over or at a reboot. */
  void leaveProcessor() {
    control.call().reachNobody();
    warnings.placedByNobody();
  }

  /** The run is over. */
  void stop() {
    control.close();
  }

  /**
   * Time that a processor's instructions move at a rate that may change, see {@link GuestTime}; the
   * processor hears calls from outside.
   */
  GuestTime timeOf(InstructionBudget budget, LongSupplier rate) {
    control.call().reach(budget);
    return new GuestTime(clock, agenda, budget, rate);
  }

  /** Warnings of the board's devices say where a processor is, as long as that is not left. */
  void placeWarnings(Supplier<String> place) {
    warnings.placedBy(place);
  }

  VirtualClock clock() {
    return clock;
  }

  Board board() {
    return board;
  }

  SerialLines lines() {
    return lines;
  }

  Halts halts() {
    return halts;
  }

  RunControl control() {
    return control;
  }
}
