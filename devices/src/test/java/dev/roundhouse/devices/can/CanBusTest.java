package dev.roundhouse.devices.can;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.can.CanPort.Mode;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanBusTest {
  private static final CanFrame FRAME = CanFrame.of(0x0000C300, 5, 0x0000000001L << 24);
  private static final long JOINED = 44;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final CanBus bus = new CanBus(clock, agenda, new SilentTrace(), CanBus.BIT_NANOS);
  private final TestStation a = station("a");
  private final TestStation b = station("b");

  private TestStation station(String name) {
    TestStation station = new TestStation(name, bus, clock);
    station.port().setMode(Mode.ON);
    return station;
  }

  /** Lets the next thing happen. */
  private void step() {
    long next = agenda.nextNanos();
    clock.advanceTo(next);
    agenda.runDue(next);
  }

  private void pass(long micros) {
    long until = clock.nanos() + micros * 1000;
    while (agenda.nextNanos() <= until) {
      step();
    }
    clock.advanceTo(until);
  }

  private static long micros(CanFrame frame) {
    return 4L * FrameBits.of(frame).count();
  }

  @Test
  void aStationTakesPartAfterElevenRecessiveBits() {
    a.send(FRAME);
    pass(JOINED + micros(FRAME));
    assertThat(a.taken()).containsExactly(JOINED + micros(FRAME) + " SENT");
    assertThat(b.taken()).containsExactly(JOINED + micros(FRAME) + " " + FRAME);
  }

  @Test
  void framesFollowEachOtherAfterThreeBitsAndTakeTheirBits() {
    pass(JOINED);
    SplittableRandom chance = new SplittableRandom(2);
    long expected = clock.nanos();
    for (int n = 0; n < 10_000; n++) {
      CanFrame frame = FrameBitsTest.random(chance);
      a.send(frame);
      expected += 4000L * (FrameBitsTest.countOf(frame) + 3);
    }
    while (!a.queue.isEmpty()) {
      step();
    }
    assertThat(clock.nanos()).isEqualTo(expected - 3 * 4000);
    assertThat(b.seen).hasSize(10_000);
  }

  @Test
  void theLowerIdentifierGoesFirstAndTheOtherFollows() {
    pass(JOINED);
    CanFrame late = CanFrame.of(0x00160300, 0, 0);
    a.send(late);
    b.send(FRAME);
    pass(micros(FRAME) + 12 + micros(late));
    long first = JOINED + micros(FRAME);
    long second = first + 12 + micros(late);
    assertThat(a.taken())
        .containsExactly(JOINED + " LOST_ARBITRATION", first + " " + FRAME, second + " SENT");
    assertThat(b.taken()).containsExactly(first + " SENT", second + " " + late);
  }

  @Test
  void aStandardFrameGoesBeforeAnExtendedOneWithTheSameFirstBits() {
    CanFrame standard = new CanFrame(CanFrame.Format.STANDARD, CanFrame.Kind.DATA, 5, 0, 0);
    CanFrame remote = new CanFrame(CanFrame.Format.STANDARD, CanFrame.Kind.REMOTE, 5, 0, 0);
    CanFrame extended = CanFrame.of(5 << 18, 0, 0);
    assertThat(standard.rank()).isLessThan(remote.rank());
    assertThat(remote.rank()).isLessThan(extended.rank());
    assertThat(extended.rank()).isLessThan(CanFrame.of((5 << 18) | 1, 0, 0).rank());
  }

  @Test
  void twoFramesOfOneIdentifierWithOtherDataDestroyEachOther() {
    pass(JOINED);
    a.send(FRAME);
    b.send(CanFrame.of(FRAME.id(), 5, 0));
    pass(600);
    assertThat(a.taken().getFirst()).endsWith("DISTURBED");
    assertThat(b.taken().getFirst()).endsWith("DISTURBED");
    assertThat(a.port().transmitErrors()).isEqualTo(8);
  }

  @Test
  void aFrameThatTwoStationsSendAtOnceIsSentByBothAndHeardByOthers() {
    TestStation c = station("c");
    pass(JOINED);
    a.send(FRAME);
    b.send(FRAME);
    pass(600);
    assertThat(a.taken().getFirst()).endsWith("SENT");
    assertThat(b.taken().getFirst()).endsWith("SENT");
    assertThat(c.taken()).hasSize(1);
  }

  @Test
  void withoutAnotherStationItRepeatsForEverAndDoesNotGoBusOff() {
    b.port().setMode(Mode.OFF);
    a.send(FRAME);
    pass(100_000);
    assertThat(a.port().transmitErrors()).isEqualTo(128);
    assertThat(a.port().state()).isEqualTo(Confinement.PASSIVE);
    assertThat(a.taken()).hasSizeGreaterThan(150).last().asString().endsWith("NOT_ACKNOWLEDGED");
  }

  @Test
  void aListenerAcknowledgesNothingAndHearsOnlyWhatIsAcknowledged() {
    b.port().setMode(Mode.LISTENING);
    a.send(FRAME);
    pass(JOINED + 500);
    assertThat(a.taken().getFirst()).endsWith("NOT_ACKNOWLEDGED");
    assertThat(b.taken().getFirst()).endsWith("missed");
    station("c");
    pass(2000);
    assertThat(b.taken().getLast()).endsWith(FRAME.toString());
    assertThat(b.port().receiveErrors()).isZero();
  }

  @Test
  void aDisturbedFrameIsRepeatedAndCounted() {
    pass(JOINED);
    bus.disturbBy(frame -> 30);
    a.send(FRAME);
    pass(31 * 4 + 20 * 4);
    assertThat(a.taken()).containsExactly(JOINED + 51 * 4 + " DISTURBED");
    assertThat(b.taken()).containsExactly(JOINED + 51 * 4 + " missed");
    assertThat(a.port().transmitErrors()).isEqualTo(8);
    assertThat(b.port().receiveErrors()).isEqualTo(1);
    bus.disturbBy(frame -> CanBus.Disturbance.NONE);
    pass(12 + micros(FRAME));
    assertThat(a.taken().getFirst()).endsWith("SENT");
    assertThat(a.port().transmitErrors()).isEqualTo(7);
    assertThat(b.port().receiveErrors()).isZero();
  }

  @Test
  void beyond255ErrorsAStationIsOffTheBusFor128TimesElevenBits() {
    bus.disturbBy(frame -> 30);
    a.send(FRAME);
    while (a.port().state() != Confinement.BUS_OFF) {
      step();
    }
    assertThat(a.seen).filteredOn(each -> each.endsWith("DISTURBED")).hasSize(32);
    long off = clock.nanos();
    bus.disturbBy(frame -> CanBus.Disturbance.NONE);
    while (a.port().state() == Confinement.BUS_OFF) {
      step();
    }
    assertThat(clock.nanos() - off).isEqualTo(128 * 11 * 4000L);
    assertThat(a.port().transmitErrors()).isZero();
    pass(micros(FRAME));
    assertThat(a.taken().getLast()).endsWith("SENT");
  }

  @Test
  void aPassiveSenderLetsOthersGoFirst() {
    bus.disturbBy(frame -> 30);
    a.send(FRAME);
    while (a.port().state() == Confinement.ACTIVE) {
      step();
    }
    long freeAt = clock.nanos() + 3 * 4000;
    bus.disturbBy(frame -> CanBus.Disturbance.NONE);
    pass(12 + 8 * 4 + micros(FRAME));
    assertThat(a.taken().getLast()).isEqualTo(freeAt / 1000 + 32 + micros(FRAME) + " SENT");
  }

  @Test
  void aStationOfAnotherBitRateDestroysFramesUntilItIsPassive() {
    b.port().setBitNanos(8000);
    TestStation c = station("c");
    a.send(FRAME);
    pass(20_000);
    assertThat(b.port().state()).isEqualTo(Confinement.PASSIVE);
    assertThat(a.taken().getLast()).endsWith("SENT");
    assertThat(c.taken().getLast()).endsWith(FRAME.toString());
    assertThat(b.taken()).allMatch(each -> each.endsWith("missed") || each.endsWith("PASSIVE"));
  }

  @Test
  void aStationOfAnotherBitRateGoesBusOffWhenItSends() {
    b.port().setBitNanos(8000);
    b.send(FRAME);
    pass(6_000);
    assertThat(b.seen).anyMatch(each -> each.endsWith("BUS_OFF"));
    assertThat(a.seen).allMatch(each -> each.endsWith("missed"));
  }

  @Test
  void aBitTimeThatIsOneInAHundredOffWillDo() {
    b.port().setBitNanos(4040);
    b.send(FRAME);
    pass(600);
    assertThat(a.taken().getLast()).endsWith(FRAME.toString());
  }

  @Test
  void whatAStationWasSendingIsDestroyedWhenItGoes() {
    pass(JOINED);
    a.send(FRAME);
    pass(100);
    a.port().disconnect();
    pass(1000);
    assertThat(a.taken()).isEmpty();
    assertThat(b.taken()).hasSize(1).first().asString().endsWith("missed");
  }

  @Test
  void aFrameWhoseOnlyListenerGoesIsNotAcknowledged() {
    pass(JOINED);
    a.send(FRAME);
    pass(100);
    b.port().setMode(Mode.OFF);
    pass(400);
    assertThat(a.taken().getFirst()).endsWith("NOT_ACKNOWLEDGED");
  }
}
