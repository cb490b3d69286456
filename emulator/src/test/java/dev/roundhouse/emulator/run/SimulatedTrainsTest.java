package dev.roundhouse.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.TrackSnapshot;
import dev.roundhouse.devices.train.TrainSet;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.event.SensorHit;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.input.HostLine;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A simulated train set at a UART's line, driven by register writes. */
class SimulatedTrainsTest implements TraceSink {
  private static final long UART3 = 0xFE201600L;
  private static final long FR = UART3 + 0x18;
  private static final int CTS = 1;
  private static final long MILLI = 1_000_000;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final List<TraceEvent> events = new ArrayList<>();
  private final List<TrackSnapshot> seen = new ArrayList<>();
  private final Bcm2711 board = newBoard();
  private final SerialLines lines =
      new SerialLines(
          board,
          Map.of(
              3,
              new UartAttachment(
                  new InputSource.SimulatedTrains(
                      TrainSetPlan.on(Layout.trackA()).train(24, "C13").plan(), this::look),
                  OutputPort.none())));

  SimulatedTrainsTest() {
    lines.attach(
        InputLog.none(), run(), new TrainSet.Machine(clock, agenda, this, (where, what) -> {}));
  }

  private HostLine.Run run() {
    return new RunControl(
        new LiveGate(InputLog.none()),
        lines,
        new Pacer.Unpaced(),
        WallClock.ofHost(),
        RunLimits.NONE);
  }

  private Bcm2711 newBoard() {
    return Bcm2711.create(clock, agenda, new SilentTrace(), (where, what) -> {});
  }

  private static void open(Bcm2711 board) {
    board.bus().write(UART3 + 0x24, 4, 1250);
    board.bus().write(UART3 + 0x2c, 4, 0x78);
    board.bus().write(UART3 + 0x30, 4, 0x301);
  }

  private void send(Bcm2711 to, int value) {
    to.bus().write(UART3, 4, value);
    pass(15 * MILLI);
  }

  private void pass(long nanos) {
    long until = clock.nanos() + nanos;
    while (agenda.nextNanos() <= until) {
      clock.advanceTo(agenda.nextNanos());
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(until);
  }

  @Test
  void aProgramDrivesTheTrainThroughItsUart() {
    open(board);
    send(board, 10);
    send(board, 24);
    pass(6000 * MILLI);
    assertThat(events).contains(new TrainEvent.SensorTriggered("E7", 24));
    send(board, 197);
    pass(30 * MILLI);
    assertThat(board.bus().read(UART3, 4)).isEqualTo(2);
    assertThat(board.bus().read(UART3, 4)).isZero();
  }

  @Test
  void theBoxWithdrawsClearToSend() {
    open(board);
    board.bus().write(UART3, 4, 96);
    pass(5 * MILLI);
    assertThat(board.bus().read(FR, 4) & CTS).isZero();
    pass(10 * MILLI);
    assertThat(board.bus().read(FR, 4) & CTS).isEqualTo(CTS);
  }

  @Test
  void aByteOnItsWayToTheBoxMayBringAnInterruptBack() {
    open(board);
    board.bus().write(UART3 + 0x38, 4, 1 << 1);
    assertThat(board.uart(3).mayStillInterrupt()).isFalse();
    board.bus().write(UART3, 4, 193);
    assertThat(board.uart(3).mayStillInterrupt()).isTrue();
    board.bus().write(UART3 + 0x38, 4, 1 << 4);
    assertThat(board.uart(3).mayStillInterrupt()).isTrue();
  }

  @Test
  void theTrainsGoOnWhenTheMachineIsReset() {
    open(board);
    send(board, 10);
    send(board, 24);
    Bcm2711 fresh = newBoard();
    lines.moveTo(fresh);
    open(fresh);
    pass(6000 * MILLI);
    assertThat(events).contains(new TrainEvent.SensorTriggered("E7", 24));
    send(fresh, 197);
    pass(30 * MILLI);
    assertThat(fresh.bus().read(UART3, 4)).isEqualTo(2);
  }

  @Test
  void aWatcherSeesTheTrackAsItIs() {
    open(board);
    send(board, 10);
    send(board, 24);
    pass(6000 * MILLI);
    assertThat(seen).isEmpty();
    lines.showTrains(clock.nanos());
    assertThat(seen).hasSize(1);
    TrackSnapshot snapshot = seen.getFirst();
    assertThat(snapshot.nanos()).isEqualTo(clock.nanos());
    assertThat(snapshot.hits()).extracting(SensorHit::sensor).contains("E7");
    assertThat(snapshot.trains().getFirst().level()).isEqualTo(10);
  }

  private void look(long nanos, Supplier<TrackSnapshot> trains) {
    seen.add(trains.get());
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void emit(long nanos, TraceEvent event) {
    events.add(event);
  }
}
