package dev.roundhouse.devices.can;

import dev.roundhouse.devices.time.Alarm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A station's connection to a {@link CanBus}: when it takes part, and its fault confinement (ISO
 * 11898-1, 12.1.4). It is off until it is turned on.
 */
public final class CanPort {
  /** Recessive bits after which a station takes part in the traffic. */
  private static final int RECESSIVE_BITS = 11;

  private static final int SEQUENCES_TO_JOIN = 1;
  private static final int SEQUENCES_OUT_OF_BUS_OFF = 128;

  /** Bits for which one that is error-passive lets others send first (ISO 11898-1, 10.4.6). */
  private static final int SUSPENDED_BITS = 8;

  /** How far its bit time may be off, as a part of the bus's. */
  private static final double TOLERANCE = 0.015;

  private final CanBus bus;
  private final CanStation station;
  private final ErrorCounters counters = new ErrorCounters();
  private final Alarm quiet;
  private Mode mode = Mode.OFF;
  private boolean hasJoined;
  private boolean wantsToSend;
  private boolean isInStep = true;
  private Confinement known = Confinement.ACTIVE;
  private long mayStartAt;
  private int sequencesLeft;
  private long countedFrom;

  /** What a station does on the bus. */
  public enum Mode {
    /** It neither hears nor sends. */
    OFF,
    /** It is told when a frame begins, and of nothing else. */
    ASLEEP,
    /** It hears, but acknowledges nothing, and counts no errors. */
    LISTENING,
    /** It takes part. */
    ON;

    private boolean joins() {
      return this == LISTENING || this == ON;
    }
  }

  CanPort(CanBus bus, CanStation station) {
    this.bus = bus;
    this.station = station;
    quiet = bus.alarm("CAN " + station.name(), at -> join());
  }

  /**
   * Takes part in another way: {@link CanStation#joined} tells when, after 11 recessive bits if it
   * was off. A frame that it is sending is destroyed when it is turned off.
   */
  public void setMode(Mode next) {
    Mode before = mode;
    mode = next;
    if (!next.joins()) {
      hasJoined = false;
      quiet.cancel();
      bus.lost(this);
    } else if (!before.joins()) {
      await(state() == Confinement.BUS_OFF ? SEQUENCES_OUT_OF_BUS_OFF : SEQUENCES_TO_JOIN);
    } else if (hasJoined) {
      station.joined();
    }
  }

  /** Forgets errors and what there was to send, as after a reset; it is off. */
  public void reset() {
    setMode(Mode.OFF);
    counters.clear();
    known = Confinement.ACTIVE;
    wantsToSend = false;
    mayStartAt = 0;
  }

  /** Takes the station from the bus. */
  public void disconnect() {
    reset();
    bus.remove(this);
  }

  /**
   * Its bit time in nanoseconds, that of the bus if none is set. If it is off by more than 1.5 %,
   * the station reads no frame, and destroys all until it is error-passive.
   */
  public void setBitNanos(double nanos) {
    isInStep = Math.abs(nanos / bus.bitNanos() - 1) <= TOLERANCE;
  }

  /** Whether its bit time is the bus's. */
  public boolean isInStep() {
    return isInStep;
  }

  /** It has a frame to send, as soon as it may. */
  public void request() {
    wantsToSend = true;
    bus.schedule();
  }

  /** Whether it may hear a frame without sending one. */
  public boolean mayHear() {
    return mode != Mode.OFF && bus.mayBringFrames(this);
  }

  /** 0 to 256. */
  public int transmitErrors() {
    return counters.transmit();
  }

  /** 0 to 255. */
  public int receiveErrors() {
    return counters.receive();
  }

  /** Its fault confinement. */
  public Confinement state() {
    return counters.state();
  }

  CanStation station() {
    return station;
  }

  /** From when on it takes part in arbitration; never while it has nothing to send. */
  long sendsFrom() {
    boolean maySend = wantsToSend && hasJoined && mode == Mode.ON && !isOff();
    return maySend ? mayStartAt : Long.MAX_VALUE;
  }

  boolean wantsToSend() {
    return wantsToSend;
  }

  Optional<CanFrame> frameToSend() {
    Optional<CanFrame> frame = station.frameToSend();
    wantsToSend = frame.isPresent();
    return frame;
  }

  private boolean isOff() {
    return state() == Confinement.BUS_OFF;
  }

  private boolean hears() {
    return hasJoined && !isOff();
  }

  /** Whether it answers a good frame of another station with an acknowledgement. */
  boolean acknowledges() {
    return hears() && isInStep && mode == Mode.ON;
  }

  /** Whether it sees an error in each frame and tells of it. */
  boolean destroysAll() {
    return hears() && !isInStep && mode == Mode.ON && state() == Confinement.ACTIVE;
  }

  /** A frame of its own has ended; the bus is free from {@code freeAt} on. */
  void sent(TransmitResult result, long freeAt) {
    switch (result) {
      case SENT -> counters.sent();
      case DISTURBED -> counters.sendingFailed();
      case NOT_ACKNOWLEDGED -> counters.notAcknowledged();
      default -> {
        // It has become a receiver.
      }
    }
    if (result != TransmitResult.LOST_ARBITRATION) {
      boolean isSuspended = state() == Confinement.PASSIVE;
      mayStartAt = freeAt + (isSuspended ? SUSPENDED_BITS * bus.bitNanos() : 0);
    }
    update();
    station.transmitted(result);
  }

  /** A frame of another station has ended whole. */
  void heard(CanFrame frame) {
    if (hears() && !isInStep) {
      missed(this);
    } else if (hears()) {
      if (mode == Mode.ON) {
        counters.received();
        update();
      }
      station.received(frame);
    }
  }

  /** A frame of another station was destroyed, by {@code destroyer} if not by its sender. */
  void missed(@Nullable CanPort destroyer) {
    if (!hears()) {
      return;
    }
    if (mode == Mode.ON) {
      if (destroyer == this && state() == Confinement.ACTIVE) {
        counters.receptionDestroyed();
      } else {
        counters.receptionFailed();
      }
      update();
    }
    station.missed();
  }

  private void update() {
    Confinement now = state();
    if (now != known) {
      known = now;
      if (now == Confinement.BUS_OFF) {
        hasJoined = false;
        await(SEQUENCES_OUT_OF_BUS_OFF);
      }
      station.confinementChanged();
    }
  }

  private void await(int sequences) {
    sequencesLeft = sequences;
    countFrom(bus.now());
    if (bus.isBusy()) {
      quiet.cancel();
    }
  }

  private boolean isAwaiting() {
    return mode.joins() && !hasJoined;
  }

  private long sequenceNanos() {
    return RECESSIVE_BITS * bus.bitNanos();
  }

  private void countFrom(long nanos) {
    countedFrom = nanos;
    quiet.setAt(nanos + sequencesLeft * sequenceNanos());
  }

  /** The bus is not recessive any more. */
  void frameBegins(long atNanos) {
    if (mode == Mode.ASLEEP) {
      station.woken();
    }
    if (isAwaiting()) {
      int passed = (int) (Math.max(0, atNanos - countedFrom) / sequenceNanos());
      sequencesLeft = Math.max(1, sequencesLeft - passed);
      quiet.cancel();
    }
  }

  /** Delimiter, end of frame and intermission are 11 recessive bits, over at {@code freeAt}. */
  void frameEnded(long freeAt) {
    if (isAwaiting()) {
      sequencesLeft--;
      countFrom(freeAt);
    }
  }

  private void join() {
    hasJoined = true;
    if (isOff()) {
      counters.clear();
      update();
    }
    station.joined();
    bus.schedule();
  }
}
