package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.ReplayGate;
import dev.roundhouse.emulator.record.format.FieldReader;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.record.format.RecordingFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came into a run, and its check points, as read from LOG chunks. */
final class RunLog {
  /** The order is part of the file format. */
  static final List<Signal> SIGNALS = List.of(Signal.ASSERTED, Signal.NEGATED);

  private final List<ReplayGate.Stamped> entered = new ArrayList<>();
  private final Map<Integer, PulledInput> pulled = new TreeMap<>();
  private final List<CheckPoint> checkPoints = new ArrayList<>();
  private long nanos;
  private long events;

  /** Takes a LOG chunk. */
  void add(FieldReader fields) throws RecordingException {
    while (fields.hasMore()) {
      int start = fields.takeByte();
      int uart = start >> RecordingFormat.TAG_BITS;
      switch (start & RecordingFormat.TAG_MASK) {
        case RecordingFormat.BYTE -> {
          takeTime(fields);
          enter(fields, new ExternalInput.SerialByte(known(uart, fields), fields.takeByte()));
        }
        case RecordingFormat.ENDED -> {
          takeTime(fields);
          enter(fields, new ExternalInput.SerialEnded(known(uart, fields)));
        }
        case RecordingFormat.STOP -> {
          takeTime(fields);
          enter(fields, new ExternalInput.StopRequest());
        }
        case RecordingFormat.CTS -> {
          takeTime(fields);
          int known = known(uart, fields);
          Signal state = fields.takeOneOf(SIGNALS);
          enter(fields, new ExternalInput.ClearToSend(known, state, fields.takeVarint()));
        }
        case RecordingFormat.PULLED -> openInput(uart, fields).add(fields.takeByte());
        case RecordingFormat.PULLED_END -> openInput(uart, fields).end();
        case RecordingFormat.CHECK -> {
          takeTime(fields);
          checkPoints.add(checkPoint(fields));
        }
        default -> throw fields.damaged("an unknown entry");
      }
    }
  }

  private void enter(FieldReader fields, ExternalInput input) throws RecordingException {
    if (entered.size() == RecordingFormat.MOST_INPUTS) {
      throw fields.damaged("too many inputs");
    }
    entered.add(new ReplayGate.Stamped(nanos, input));
  }

  private void takeTime(FieldReader fields) throws RecordingException {
    long since = fields.takeVarint();
    if (since > Long.MAX_VALUE - nanos) {
      throw fields.damaged("a time too late");
    }
    nanos += since;
  }

  private CheckPoint checkPoint(FieldReader fields) throws RecordingException {
    long since = fields.takeVarint();
    if (since == 0 || since > Long.MAX_VALUE - events) {
      throw fields.damaged("a check point without events");
    }
    events += since;
    return new CheckPoint(nanos, events, fields.takeLong());
  }

  private PulledInput openInput(int uart, FieldReader fields) throws RecordingException {
    PulledInput input = pulled.computeIfAbsent(known(uart, fields), _ -> new PulledInput());
    if (input.isEnded()) {
      throw fields.damaged("input after its end");
    }
    return input;
  }

  private static int known(int uart, FieldReader fields) throws RecordingException {
    if (!Cables.ALL.contains(uart)) {
      throw fields.damaged("a serial line that the board does not have");
    }
    return uart;
  }

  List<ReplayGate.Stamped> entered() {
    return entered;
  }

  PulledInput pulled(int uart) {
    return pulled.getOrDefault(uart, new PulledInput());
  }

  List<CheckPoint> checkPoints() {
    return checkPoints;
  }

  /** The last check point; the start when there is none. */
  CheckPoint lastCheckPoint() {
    return checkPoints.isEmpty() ? CheckPoint.START : checkPoints.getLast();
  }
}
