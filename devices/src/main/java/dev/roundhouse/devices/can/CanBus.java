package dev.roundhouse.devices.can;

import dev.roundhouse.devices.text.Words;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.DueAction;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A CAN bus: who sends next, how long each frame takes bit by bit, and what becomes of it (ISO
 * 11898-1, 10). A frame is heard, and sent, when its end of frame is over; the next may begin three
 * bits later. Who loses arbitration learns of it when it begins.
 */
public final class CanBus {
  /** The bit time of a Märklin train set's bus: 250 kbit/s. */
  public static final long BIT_NANOS = 4000;

  /** The bit at which a station of another bit time sees, or makes, an error: 6 equal ones. */
  private static final int OUT_OF_STEP_BIT = 7;

  /** An error flag and those that it draws from others, then the delimiter (10.4.4). */
  private static final int ERROR_BITS = 12 + 8;

  /** The flag of a sender whose frame nobody acknowledges, then the delimiter. */
  private static final int LONE_ERROR_BITS = 6 + 8;

  private final VirtualClock clock;
  private final Agenda agenda;
  private final TraceSink trace;
  private final long bitNanos;
  private final Alarm arbitration;
  private final Alarm end;
  private final List<CanPort> ports = new ArrayList<>();
  private Disturbance disturbance = frame -> Disturbance.NONE;
  private @Nullable Transmission current;
  private long freeAt;

  /** What disturbs a bus from outside. */
  @FunctionalInterface
  public interface Disturbance {
    /** No bit. */
    int NONE = -1;

    /** The bit of a frame that begins at which it is destroyed, counted from 0 on the wire. */
    int bitOf(CanFrame frame);
  }

  /** A station with the frame that it sends. */
  private record Contender(CanPort port, CanFrame frame) {}

  /** What is on the bus until its end, and how that will be. */
  private record Transmission(
      CanFrame frame, FrameBits bits, List<CanPort> senders, long startNanos, Fate fate) {
    Transmission with(Fate other) {
      return new Transmission(frame, bits, senders, startNanos, other);
    }
  }

  /**
   * How a frame ends.
   *
   * @param bits from its start until the intermission
   * @param destroyer who destroys it, if it is a station that does not send it
   */
  private record Fate(TransmitResult result, int bits, @Nullable CanPort destroyer) {}

  /**
   * A bus without stations.
   *
   * @param bitNanos such as {@link #BIT_NANOS}
   */
  public CanBus(VirtualClock clock, Agenda agenda, TraceSink trace, long bitNanos) {
    this.clock = clock;
    this.agenda = agenda;
    this.trace = trace;
    this.bitNanos = bitNanos;
    arbitration = agenda.alarm("CAN arbitration", this::arbitrate);
    end = agenda.alarm("CAN frame", this::end);
  }

  /** Connects a station, whose port is off. */
  public CanPort connect(CanStation station) {
    CanPort port = new CanPort(this, station);
    ports.add(port);
    return port;
  }

  void remove(CanPort port) {
    ports.remove(port);
  }

  /** Lets frames be destroyed, in place of what did so before. */
  public void disturbBy(Disturbance newDisturbance) {
    disturbance = newDisturbance;
  }

  long bitNanos() {
    return bitNanos;
  }

  long now() {
    return clock.nanos();
  }

  Alarm alarm(String name, DueAction action) {
    return agenda.alarm(name, action);
  }

  boolean isBusy() {
    return current != null;
  }

  boolean isSending(CanPort port) {
    return current != null && current.senders().contains(port);
  }

  boolean mayBringFrames(CanPort to) {
    return ports.stream()
        .filter(port -> port != to)
        .anyMatch(port -> port.wantsToSend() || isSending(port) || port.station().maySendUnasked());
  }

  /** Sets the next arbitration for when the first station may take part in it. */
  void schedule() {
    if (current == null) {
      long first = ports.stream().mapToLong(CanPort::sendsFrom).min().orElse(Long.MAX_VALUE);
      if (first == Long.MAX_VALUE) {
        arbitration.cancel();
      } else {
        arbitration.setAt(Math.max(Math.max(first, freeAt), now()));
      }
    }
  }

  private void arbitrate(long atNanos) {
    List<Contender> contenders = new ArrayList<>();
    for (CanPort port : List.copyOf(ports)) {
      if (port.sendsFrom() <= atNanos) {
        port.frameToSend().ifPresent(frame -> contenders.add(new Contender(port, frame)));
      }
    }
    Optional<Contender> first =
        contenders.stream().min(Comparator.comparingLong(each -> each.frame().rank()));
    if (first.isEmpty()) {
      schedule();
    } else {
      begin(contenders, first.get().frame(), atNanos);
    }
  }

  private void begin(List<Contender> contenders, CanFrame frame, long atNanos) {
    FrameBits bits = FrameBits.of(frame);
    boolean isGarbled = contenders.stream().anyMatch(each -> !each.port().isInStep());
    List<CanPort> senders = new ArrayList<>();
    List<CanPort> losers = new ArrayList<>();
    int clash = isGarbled ? OUT_OF_STEP_BIT : Disturbance.NONE;
    for (Contender each : contenders) {
      boolean sends = isGarbled || each.frame().rank() == frame.rank();
      (sends ? senders : losers).add(each.port());
      if (sends && clash == Disturbance.NONE) {
        clash = bits.differsAt(FrameBits.of(each.frame()));
      }
    }
    Transmission begun =
        new Transmission(frame, bits, senders, atNanos, new Fate(TransmitResult.SENT, 0, null));
    goOn(begun, clash == Disturbance.NONE ? disturbance.bitOf(frame) : clash);
    List.copyOf(ports).forEach(port -> port.frameBegins(atNanos));
    losers.forEach(port -> port.sent(TransmitResult.LOST_ARBITRATION, atNanos));
  }

  private Fate fateOf(Transmission begun, int clash) {
    List<CanPort> others = ports.stream().filter(port -> !begun.senders().contains(port)).toList();
    if (clash != Disturbance.NONE) {
      int bit = Math.min(clash, begun.bits().count() - 1);
      return new Fate(TransmitResult.DISTURBED, bit + 1 + ERROR_BITS, null);
    }
    Optional<CanPort> destroyer = others.stream().filter(CanPort::destroysAll).findFirst();
    if (destroyer.isPresent()) {
      int bitCount = OUT_OF_STEP_BIT + 1 + ERROR_BITS;
      return new Fate(TransmitResult.DISTURBED, bitCount, destroyer.get());
    }
    if (others.stream().noneMatch(CanPort::acknowledges)) {
      int bitCount = begun.bits().countToAcknowledge() + LONE_ERROR_BITS;
      return new Fate(TransmitResult.NOT_ACKNOWLEDGED, bitCount, null);
    }
    return new Fate(TransmitResult.SENT, begun.bits().count(), null);
  }

  private void goOn(Transmission transmission, int clash) {
    Fate fate = fateOf(transmission, clash);
    current = transmission.with(fate);
    end.setAt(transmission.startNanos() + fate.bits() * bitNanos);
  }

  /** A station is gone: what it was sending is destroyed, what it alone heard has no listener. */
  void lost(CanPort port) {
    Transmission going = current;
    if (going == null) {
      return;
    }
    int bit = (int) ((now() - going.startNanos()) / bitNanos);
    if (going.senders().remove(port) && going.senders().isEmpty()) {
      goOn(going, bit);
    } else if (going.fate().result() == TransmitResult.SENT
        && bit < going.bits().countToAcknowledge()) {
      goOn(going, Disturbance.NONE);
    }
  }

  private void end(long atNanos) {
    Transmission ended = current;
    if (ended == null) {
      return;
    }
    current = null;
    freeAt = atNanos + FrameBits.INTERMISSION * bitNanos;
    traceEnd(ended, atNanos);
    TransmitResult result = ended.fate().result();
    for (CanPort port : List.copyOf(ports)) {
      port.frameEnded(freeAt);
      if (ended.senders().contains(port)) {
        port.sent(result, freeAt);
      } else if (result == TransmitResult.SENT) {
        port.heard(ended.frame());
      } else {
        port.missed(ended.fate().destroyer());
      }
    }
    schedule();
  }

  private void traceEnd(Transmission ended, long atNanos) {
    if (trace.isOn()) {
      String sender = ended.senders().isEmpty() ? "" : ended.senders().getFirst().station().name();
      String frame = ended.frame().toString();
      trace.emit(
          atNanos,
          ended.fate().result() == TransmitResult.SENT
              ? new DeviceEvent.CanFrameSent(sender, frame)
              : new DeviceEvent.CanFrameFailed(sender, frame, Words.of(ended.fate().result())));
    }
  }
}
