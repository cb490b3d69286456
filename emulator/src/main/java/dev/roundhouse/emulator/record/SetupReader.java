package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.plant.MotorPlan;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.emulator.machine.Extras;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.HandOver;
import dev.roundhouse.emulator.record.format.FieldReader;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.record.format.RecordingFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what a run was made of. */
final class SetupReader {
  /** The order is part of the file format. */
  static final List<Guest.OnReboot> REBOOTS =
      List.of(Guest.OnReboot.BOOT_AGAIN, Guest.OnReboot.END);

  static final List<Guard> GUARDS = List.of(Guard.values());

  static final List<HandOver.By> STARTERS = List.of(HandOver.By.values());

  private final GuestReader guest;
  private final RecordedNotes notes;
  private final long virtualLimitNanos;
  private final Map<Integer, LineKind> lines = new TreeMap<>();
  private final Map<Integer, TrainSetPlan> trains = new TreeMap<>();
  private final List<MotorPlan> motors = new ArrayList<>();

  /** Takes the SETUP chunk. */
  SetupReader(FieldReader fields) throws RecordingException {
    guest =
        switch (fields.takeByte()) {
          case RecordingFormat.OF_PROGRAMS -> new ProgramsReader(fields);
          case RecordingFormat.OF_KERNEL -> new KernelReader(fields);
          default -> throw fields.damaged("a run of an unknown kind");
        };
    String engine = fields.takeText();
    virtualLimitNanos = fields.takeVarint();
    int console = fields.takeVarint(Integer.MAX_VALUE);
    if (!Cables.SERIAL.contains(console)) {
      throw fields.damaged("a console that the board does not have");
    }
    notes = new RecordedNotes(console, engine);
    for (int line : Cables.ALL) {
      lines.put(line, fields.takeOneOf(LineKind.ALL));
    }
    fields.expectEnd();
  }

  /** Takes a chunk if it is about what the run was made of. */
  boolean takes(int type, FieldReader fields) throws RecordingException {
    switch (type) {
      case RecordingFormat.TRAINS -> addTrains(fields);
      case RecordingFormat.MOTOR -> addMotor(fields);
      default -> {
        return guest.takes(type, fields);
      }
    }
    return true;
  }

  private void addMotor(FieldReader fields) throws RecordingException {
    if (motors.size() == RecordingFormat.MOST_MOTORS) {
      throw fields.damaged("too many motors");
    }
    try {
      motors.add(MotorPlan.parse("motor", fields.takeText()));
    } catch (DescriptionException e) {
      throw fields.damaged("a motor that cannot be (" + e.getMessage() + ")");
    }
    fields.expectEnd();
  }

  private void addTrains(FieldReader fields) throws RecordingException {
    int uart = fields.takeVarint(Integer.MAX_VALUE);
    boolean isExpected = line(uart) == LineKind.TRAINS && !trains.containsKey(uart);
    TrainSetPlan plan = isExpected ? TrainsFields.read(fields) : null;
    if (plan == null || (plan.box().kind() == BoxKind.CS3) != (uart == Cables.CAN)) {
      throw fields.damaged("trains where none can be");
    }
    trains.put(uart, plan);
  }

  /** Checks that everything is there. */
  void complete() throws RecordingException {
    guest.complete();
    for (int line : Cables.ALL) {
      if (line(line) == LineKind.TRAINS && !trains.containsKey(line)) {
        throw RecordingException.damaged("the trains at " + Cables.name(line) + " are missing");
      }
    }
  }

  /** What is at the end of a line of kind {@link LineKind#TRAINS}. */
  TrainSetPlan trains(int uart) {
    TrainSetPlan plan = trains.get(uart);
    if (plan == null) {
      throw new IllegalArgumentException("no trains at " + Cables.name(uart));
    }
    return plan;
  }

  Guest guest() {
    return guest.guest();
  }

  Extras extras() {
    return new Extras(motors);
  }

  RecordedNotes notes() {
    return notes;
  }

  long virtualLimitNanos() {
    return virtualLimitNanos;
  }

  LineKind line(int uart) {
    return lines.getOrDefault(uart, LineKind.NOTHING);
  }
}
