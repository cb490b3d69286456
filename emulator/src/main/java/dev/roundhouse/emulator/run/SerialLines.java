package dev.roundhouse.emulator.run;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.train.BoxCable;
import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.emulator.input.CanLine;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.HostLine;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.TrainWatcher;
import dev.roundhouse.emulator.input.UartAttachment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The lines between the board's UARTs and the host, and the CAN bus. */
public final class SerialLines {
  /** A full FIFO at 2400 baud takes 150 ms. */
  private static final long LONGEST_DRAIN_NANOS = 1_000_000_000;

  private Board board;
  private final SortedMap<Integer, UartAttachment> attachments;
  private final SortedMap<Integer, HostLine> lines = new TreeMap<>();
  private final SortedMap<Integer, TrainSet> trainSets = new TreeMap<>();
  private final List<Watched> watched = new ArrayList<>();
  private Optional<CanLine> can = Optional.empty();

  /** A train set that somebody may look at. */
  private record Watched(TrainWatcher watcher, Supplier<TrackSnapshot> trains) {}

  public SerialLines(Board board, Map<Integer, UartAttachment> attachments) {
    this.board = board;
    this.attachments = new TreeMap<>(attachments);
  }

  /** Joins each UART, and the CAN bus, to what is at the far end. */
  public void attach(InputLog log, HostLine.Run machine, TrainSet.Machine forTrains) {
    for (int uart : Cables.ALL) {
      UartAttachment attachment = attachments.getOrDefault(uart, UartAttachment.unconnected());
      if (attachment.input() instanceof InputSource.SimulatedTrains(var plan, var watcher)) {
        TrainSet trains = plan.in(forTrains);
        trainSets.put(uart, trains);
        watched.add(new Watched(watcher, trains::snapshot));
        join(board, uart, trains);
      } else if (uart != Cables.CAN) {
        HostLine line = new HostLine(uart, attachment, log, machine);
        lines.put(uart, line);
        join(board, uart, line);
      } else if (attachment.input() instanceof InputSource.Live) {
        CanBus bus =
            new CanBus(forTrains.clock(), forTrains.agenda(), forTrains.trace(), CanBus.BIT_NANOS);
        can = Optional.of(new CanLine(bus, attachment.output(), machine));
        board.connect(bus);
      }
    }
  }

  private static void join(Board board, int uart, HostLine line) {
    board.line(uart).attach(line);
    line.connect(board.line(uart)::setCts);
  }

  private static void join(Board board, int uart, TrainSet trains) {
    switch (trains.cable()) {
      case BoxCable.Serial cable -> {
        board.line(uart).attach(cable.farEnd());
        cable.connect(board.line(uart));
      }
      case BoxCable.Can(var bus, var _) -> board.connect(bus);
    }
  }

  /** Joins the lines to another board: the machine has been reset. */
  public void moveTo(Board newBoard) {
    board = newBoard;
    lines.forEach((uart, line) -> join(newBoard, uart, line));
    trainSets.forEach((uart, trains) -> join(newBoard, uart, trains));
    can.ifPresent(line -> newBoard.connect(line.bus()));
  }

  /** The simulated train sets by UART, or {@link Cables#CAN}. */
  public SortedMap<Integer, TrainSet> trainSets() {
    return Collections.unmodifiableSortedMap(trainSets);
  }

  /** Lets live peers offer input. */
  public void start(LiveGate gate) {
    attachments.forEach((uart, attachment) -> {
      if (attachment.input() instanceof InputSource.Live(var peer, _)) {
        peer.start(uart, gate);
      }
    });
  }

  /** Makes what the UARTs have sent visible. */
  public void flush() {
    lines.values().forEach(HostLine::flush);
  }

  /** Lets train sets be looked at. */
  public void showTrains(long nowNanos) {
    watched.forEach(set -> set.watcher().look(nowNanos, set.trains()));
  }

  /** Lets what the UARTs still hold leave them, so that a program's last words are not lost. */
  public void drain(GuestTime time) {
    long until = time.nanos() + LONGEST_DRAIN_NANOS;
    while (isTransmitting() && time.nextAlarmNanos() <= until) {
      time.untilNextDeadline();
    }
    flush();
    showTrains(time.nanos());
  }

  private boolean isTransmitting() {
    return !transmitting().isEmpty();
  }

  /** The names of the UARTs that hold what they have not sent yet and would send now. */
  public List<String> transmitting() {
    return Cables.SERIAL.stream()
        .filter(uart -> board.line(uart).isTransmitting())
        .map(Cables::name)
        .toList();
  }

  /** Hands input to the UART that it is for. */
  public void deliver(ExternalInput input) {
    switch (input) {
      case ExternalInput.SerialByte(int uart, int value) when uart == Cables.CAN ->
          canLine().enqueue(value);
      case ExternalInput.ClearToSend(int uart, Signal state, _) when uart == Cables.CAN ->
          canLine().setReach(state);
      case ExternalInput.SerialByte(int uart, int value) -> {
        line(uart).enqueue(value);
        board.line(uart).inputArrived();
      }
      case ExternalInput.SerialEnded(int uart) -> {
        line(uart).end();
        board.line(uart).inputArrived();
      }
      case ExternalInput.ClearToSend(int uart, Signal state, long frames) ->
          line(uart).setClearToSend(state, frames);
      case ExternalInput.StopRequest() -> {
        // Not for a line: the run control has seen to it.
      }
    }
  }

  private CanLine canLine() {
    return can.orElseThrow(() -> noLine(Cables.CAN));
  }

  private HostLine line(int uart) {
    HostLine line = lines.get(uart);
    if (line == null) {
      throw noLine(uart);
    }
    return line;
  }

  private static IllegalArgumentException noLine(int uart) {
    return new IllegalArgumentException(
        "input for " + Cables.name(uart) + ", which has no line to the host");
  }
}
