package dev.roundhouse.cli.session;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.TrainWatcher;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.lines.CanSettings;
import dev.roundhouse.emulator.lines.HostEnd;
import dev.roundhouse.emulator.lines.HostEnds;
import dev.roundhouse.emulator.lines.LineTarget;
import dev.roundhouse.emulator.lines.SerialSettings;
import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.machine.MachineConfig.Pacing;
import dev.roundhouse.emulator.process.HostAbilities.Standard;
import dev.roundhouse.emulator.process.HostFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The far ends of a run's lines, set up. */
final class LineEnds implements AutoCloseable {
  private final List<HostEnd> open = new ArrayList<>();
  private final Map<Integer, UartAttachment> attachments = new TreeMap<>();

  private LineEnds() {}

  /** Sets up all of them, or none. */
  static LineEnds open(
      RunPlan.Lines lines, Pacing pacing, StandardEnd.Streams standard, Messages messages)
      throws UserError {
    checkOptions(lines);
    LineEnds ends = new LineEnds();
    try {
      HostEnds host = new HostEnds(line -> messages.say(Messages.Tone.PLAIN, line), lines.ports());
      for (Map.Entry<Integer, LineTarget> line : lines.others().entrySet()) {
        if (line.getValue() instanceof LineTarget.Track(String layout)) {
          TrainSetPlan plan = lines.trains().on(layout);
          checkBox(line.getKey(), layout, plan);
          ends.addTrack(
              line.getKey(),
              new InputSource.SimulatedTrains(plan, lines.watcher().orElse(TrainWatcher.NOBODY)));
        } else {
          ends.add(line.getKey(), host.open(line.getKey(), line.getValue()));
        }
      }
      boolean isPaced = pacing == Pacing.REAL_TIME || ends.areLive();
      ends.openConsole(
          lines,
          isPaced ? StandardEnd.PipedBytes.AS_THEY_COME : StandardEnd.PipedBytes.AS_TAKEN,
          standard,
          messages);
      return ends;
    } catch (UserError e) {
      ends.close();
      throw e;
    } catch (HostFailure e) {
      ends.close();
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** A box is where it can be. */
  static void checkBox(int cable, String layout, TrainSetPlan plan) throws UserError {
    boolean isOnCan = cable == Cables.CAN;
    if (isOnCan && plan.box().kind() != BoxKind.CS3) {
      throw new UserError(
          ExitCode.USAGE,
          "--can track:%1$s: %2$s has a 6051, at a serial line; give --uart 3=track:%1$s, or --box cs3"
              .formatted(layout, plan.layout().name()));
    }
    if (!isOnCan && plan.box().kind() == BoxKind.CS3) {
      throw new UserError(
          ExitCode.USAGE,
          "--uart %3$s=track:%1$s: %2$s has a CS3, on CAN; give --can track:%1$s, or --box 6051"
              .formatted(layout, plan.layout().name(), Cables.label(cable)));
    }
  }

  /** Options for trains need a simulated track, those for a serial port such a port. */
  private static void checkOptions(RunPlan.Lines lines) throws UserError {
    boolean hasTrack =
        lines.others().values().stream().anyMatch(LineTarget.Track.class::isInstance);
    if (!hasTrack && (lines.watcher().isPresent() || !lines.trains().isEmpty())) {
      throw new UserError(
          ExitCode.USAGE,
          "--train, --turnout, --locomotives, --box, --faults and --map need a simulated track, as in"
              + " --uart 3=track:a or --can track:c");
    }
    Set<LineKind> kinds =
        lines.others().entrySet().stream().map(LineKind::of).collect(Collectors.toSet());
    if (!kinds.contains(LineKind.SERIAL) && !lines.ports().serial().equals(SerialSettings.PLAIN)) {
      throw new UserError(
          ExitCode.USAGE,
          "--serial-... options need a serial port, as in --uart 3=serial:/dev/ttyUSB0");
    }
    if (!kinds.contains(LineKind.CAN) && !lines.ports().can().equals(CanSettings.PLAIN)) {
      throw new UserError(
          ExitCode.USAGE,
          "--can-... options need a real bus, as in --can serial:/dev/ttyACM0 or --can socketcan:can0");
    }
  }

  /** What of the host a line leads to. */
  private enum LineKind {
    SERIAL,
    CAN,
    OTHER;

    static LineKind of(Map.Entry<Integer, LineTarget> line) {
      return switch (line.getValue()) {
        case LineTarget.Serial _ -> line.getKey() == Cables.CAN ? CAN : SERIAL;
        case LineTarget.SocketCan _ -> CAN;
        default -> OTHER;
      };
    }
  }

  private void openConsole(
      RunPlan.Lines lines,
      StandardEnd.PipedBytes piped,
      StandardEnd.Streams standard,
      Messages messages) {
    if (lines.input() == RunPlan.ConsoleInput.NONE) {
      attachments.put(
          lines.console(), new UartAttachment(new InputSource.Nothing(), standard.out()));
      return;
    }
    StandardEnd end =
        StandardEnd.of(standard, piped, line -> messages.say(Messages.Tone.ASIDE, line));
    messages.watchRawMode(end::isRaw);
    if (Standard.INPUT.isTerminal() && Standard.ERROR.isTerminal()) {
      messages.say(Messages.Tone.ASIDE, "Ctrl-A x ends the run, Ctrl-A h helps");
    }
    add(lines.console(), end);
  }

  private void addTrack(int uart, InputSource.SimulatedTrains trains) {
    attachments.put(uart, new UartAttachment(trains, OutputPort.none()));
  }

  private void add(int uart, HostEnd end) {
    open.add(end);
    attachments.put(uart, end.attachment());
  }

  Map<Integer, UartAttachment> attachments() {
    return attachments;
  }

  /** Whether anybody acts at times of its own. */
  boolean areLive() {
    return open.stream().anyMatch(HostEnd::isLive);
  }

  @Override
  public void close() {
    open.reversed().forEach(HostEnd::close);
  }
}
