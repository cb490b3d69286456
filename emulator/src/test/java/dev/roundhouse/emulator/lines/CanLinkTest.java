package dev.roundhouse.emulator.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.emulator.lines.SerialSettings.Effect;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real bus whose adapter the test plays. */
class CanLinkTest implements CanLink.Program {
  private static final long MILLI = 1_000_000;
  private static final String STOP = "0000C300#0000000000";
  private static final String STOPPED = "00013B11#0000000000";
  private static final String SPEED = "0008C300#0000000E03E8";

  private final Deque<CanFrame> program = new ArrayDeque<>();
  private final List<String> received = new ArrayList<>();
  private final List<Signal> reach = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private Played adapter = new Played();
  private CanLink link = link(CanSettings.PLAIN);
  private long now;

  private CanLink link(CanSettings settings) {
    return new CanLink(new CanLink.Ends("CAN", this::open, this, said::add), settings, adapter);
  }

  private CanAdapter open() throws IOException {
    if (adapter.isLost) {
      throw new IOException("still unplugged");
    }
    return adapter;
  }

  private void pass(long millis) {
    for (long i = 0; i < millis; i++) {
      link.step(now);
      now += MILLI;
    }
  }

  private void send(String... frames) {
    for (String frame : frames) {
      program.add(CanFrame.parse(frame));
    }
  }

  @Test
  void framesGoBothWays() {
    send(SPEED);
    adapter.coming.add(CanFrame.parse("00230000#0000000100010000"));
    pass(2);
    assertThat(adapter.sent).containsExactly(SPEED);
    assertThat(received).containsExactly("00230000#0000000100010000");
  }

  @Test
  void trainsAreStoppedWhenTheStationHasSaidSo() {
    pass(1);
    link.beginStop();
    pass(250);
    assertThat(adapter.sent).containsExactly(STOP, STOP);
    assertThat(link.isStopped()).isFalse();
    adapter.coming.add(CanFrame.parse(STOPPED));
    pass(1);
    assertThat(link.isStopped()).isTrue();
  }

  @Test
  void whatAProgramSendsIsHeldBackOnceTheEndHasBegun() {
    link.beginStop();
    send(SPEED);
    pass(10);
    assertThat(adapter.sent).containsExactly(STOP);
  }

  @Test
  void anAdapterThatIsLostAndComesBackStopsTheTrainsBeforeAnythingElse() {
    pass(1);
    adapter.isLost = true;
    send(SPEED);
    pass(10);
    assertThat(reach).containsExactly(Signal.NEGATED);
    assertThat(said).singleElement().asString().startsWith("CAN: lost the bus (unplugged)");
    assertThat(adapter.isClosed).isTrue();
    adapter = new Played();
    pass(250);
    send(SPEED);
    pass(10);
    assertThat(adapter.sent).containsExactly(STOP, SPEED);
    assertThat(reach).containsExactly(Signal.NEGATED, Signal.ASSERTED);
    assertThat(said).last().asString().contains("the bus is back; the trains are stopped");
  }

  @Test
  void aSpeedOverTheCapIsLoweredAndToldOnce() {
    link = link(new CanSettings(OptionalInt.of(386), OptionalInt.empty(), Effect.REAL, 115_200));
    send(SPEED, "0008C300#0000000E0010", SPEED, "0008C300#0000000E");
    pass(10);
    assertThat(adapter.sent)
        .containsExactly(
            "0008C300#0000000E0182",
            "0008C300#0000000E0010",
            "0008C300#0000000E0182",
            "0008C300#0000000E");
    assertThat(said).containsExactly("CAN: speed 1000 becomes 386, and so on: the speed cap");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000C300#0000000001",
        SPEED,
        "000AC300#0000000E03",
        "000CC300#0000000E0001",
        "0016C300#000030050101",
        "0000C300#0000000004",
        "0036C300#",
        "00FEC300#01"
      })
  void aDryRunSendsNothingThatMovesAnything(String frame) {
    link = dry();
    send(frame);
    pass(5);
    assertThat(adapter.sent).isEmpty();
    assertThat(said).singleElement().asString().startsWith("CAN: dry run, not sent: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        STOP,
        "0000C300#0000000002",
        "0008C300#0000000E",
        "0020C300#0000000005",
        "0030C300#"
      })
  void aDryRunSendsWhatAsksOrStops(String frame) {
    link = dry();
    send(frame);
    pass(5);
    assertThat(adapter.sent).containsExactly(frame);
  }

  private CanLink dry() {
    return link(new CanSettings(OptionalInt.empty(), OptionalInt.empty(), Effect.DRY_RUN, 115_200));
  }

  @Test
  void noMoreFramesThanWantedLeaveInASecondButStopDoesNotWait() {
    link = link(new CanSettings(OptionalInt.empty(), OptionalInt.of(10), Effect.REAL, 115_200));
    send(SPEED, SPEED, SPEED);
    pass(150);
    assertThat(adapter.sent).containsExactly(SPEED, SPEED);
    link.beginStop();
    pass(1);
    assertThat(adapter.sent).endsWith(STOP);
  }

  @Override
  public Optional<CanFrame> next() {
    return Optional.ofNullable(program.poll());
  }

  @Override
  public void sent(CanFrame frame) {
    // The adapter knows.
  }

  @Override
  public void received(CanFrame frame) {
    received.add(frame.toString());
  }

  @Override
  public void reach(Signal state) {
    reach.add(state);
  }

  /** An adapter that takes what it is given. */
  private static final class Played implements CanAdapter {
    private final List<String> sent = new ArrayList<>();
    private final Deque<CanFrame> coming = new ArrayDeque<>();
    private boolean isLost;
    private boolean isClosed;

    @Override
    public Optional<CanFrame> receive() throws IOException {
      if (isLost) {
        throw new IOException("unplugged");
      }
      return Optional.ofNullable(coming.poll());
    }

    @Override
    public void send(CanFrame frame) {
      sent.add(frame.toString());
    }

    @Override
    public long sendNanos(CanFrame frame) {
      return MILLI;
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
