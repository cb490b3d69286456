package dev.roundhouse.emulator.record;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.train.BoxPlan;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.box.BoxTiming;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import dev.roundhouse.emulator.record.format.FieldReader;
import dev.roundhouse.emulator.record.format.FieldWriter;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.record.format.RecordingFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulated train set in a recording: its plan, of which a replay makes the same again. */
final class TrainsFields {
  private static final List<BoxKind> BOXES = List.of(BoxKind.SERIAL_6051, BoxKind.CS3);
  private static final List<BoxTiming.Clears> CLEARS =
      List.of(BoxTiming.Clears.AFTER_BYTE, BoxTiming.Clears.AFTER_COMMAND);
  private static final List<Position> POSITIONS = List.of(Position.STRAIGHT, Position.CURVED);

  private TrainsFields() {}

  static FieldWriter write(int uart, TrainSetPlan plan) throws IOException, RecordingException {
    FieldWriter fields = new FieldWriter().putVarint(uart).putVarint(plan.trains().size());
    for (Map.Entry<Integer, String> train : plan.trains().entrySet()) {
      fields.putVarint(train.getKey()).putText(train.getValue());
    }
    fields.putVarint(plan.turnouts().size());
    for (Map.Entry<Integer, Position> turnout : plan.turnouts().entrySet()) {
      fields.putVarint(turnout.getKey()).putOneOf(POSITIONS, turnout.getValue());
    }
    fields.putOneOf(BOXES, plan.box().kind());
    switch (plan.box()) {
      case BoxPlan.Serial(var timing) ->
          fields
              .putVarint(timing.notReady())
              .putVarint(timing.notReadyJitter())
              .putVarint(timing.notReadyAfterReset())
              .putVarint(timing.module())
              .putVarint(timing.moduleJitter())
              .putOneOf(CLEARS, timing.clears());
      case BoxPlan.Can(var settings) -> fields.putText(settings.document());
    }
    return putDocuments(fields.putLong(plan.seed()), plan);
  }

  private static FieldWriter putDocuments(FieldWriter fields, TrainSetPlan plan)
      throws IOException, RecordingException {
    byte[] layout = bytes(plan.layout().document());
    byte[] locomotives = bytes(plan.locomotives().document());
    byte[] faults = bytes(plan.faults().document());
    long all = (long) layout.length + locomotives.length + faults.length;
    if (all > RecordingFormat.LARGEST_TRAINS_BYTES) {
      throw new RecordingException(
          "the files of the train set are too large to record", "give a smaller layout");
    }
    return fields
        .putVarint(layout.length)
        .putVarint(locomotives.length)
        .putVarint(faults.length)
        .putBytes(
            FieldWriter.deflated(out -> {
              out.write(layout);
              out.write(locomotives);
              out.write(faults);
            }));
  }

  private static byte[] bytes(String document) {
    return document.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads what follows the UART's number. */
  static TrainSetPlan read(FieldReader fields) throws RecordingException {
    Placing placing = new Placing(fields);
    BoxPlan box = box(fields);
    long seed = fields.takeLong();
    int layout = fields.takeVarint(RecordingFormat.LARGEST_TRAINS_BYTES);
    int locomotives = fields.takeVarint(RecordingFormat.LARGEST_TRAINS_BYTES);
    int faults = fields.takeVarint(RecordingFormat.LARGEST_TRAINS_BYTES);
    long all = (long) layout + locomotives + faults;
    if (all > RecordingFormat.LARGEST_TRAINS_BYTES) {
      throw fields.damaged("a train set too large");
    }
    byte[] documents = fields.takeDeflated((int) all);
    try {
      TrainSetPlan.Builder plan =
          TrainSetPlan.on(Layout.parse("the layout", text(documents, 0, layout)))
              .locomotives(
                  LocomotiveCatalog.parse("locomotives", text(documents, layout, locomotives)))
              .faults(FaultPlan.parse("faults", text(documents, layout + locomotives, faults)))
              .box(box)
              .seed(seed);
      TrainSetPlan made = placing.put(plan).plan();
      made.check();
      return made;
    } catch (DescriptionException e) {
      throw fields.damaged("a train set that cannot be (" + e.getMessage() + ")");
    }
  }

  private static String text(byte[] documents, int from, int length) {
    return new String(documents, from, length, StandardCharsets.UTF_8);
  }

  private static BoxPlan box(FieldReader fields) throws RecordingException {
    try {
      return switch (fields.takeOneOf(BOXES)) {
        case SERIAL_6051 ->
            new BoxPlan.Serial(
                new BoxTiming(
                    fields.takeVarint(),
                    fields.takeVarint(),
                    fields.takeVarint(),
                    fields.takeVarint(),
                    fields.takeVarint(),
                    fields.takeOneOf(CLEARS)));
        case CS3 -> BoxPlan.parse("the box", fields.takeText());
      };
    } catch (IllegalArgumentException | DescriptionException e) {
      throw fields.damaged("a box that cannot be");
    }
  }

  /** Where trains stand and how turnouts lie. */
  private static final class Placing {
    private final Map<Integer, String> trains = new TreeMap<>();
    private final Map<Integer, Position> turnouts = new TreeMap<>();

    Placing(FieldReader fields) throws RecordingException {
      int trainCount = fields.takeVarint(RecordingFormat.MOST_TRAINS);
      for (int i = 0; i < trainCount; i++) {
        trains.put(fields.takeVarint(Integer.MAX_VALUE), fields.takeText());
      }
      int turnoutCount = fields.takeVarint(RecordingFormat.MOST_TURNOUTS);
      for (int i = 0; i < turnoutCount; i++) {
        turnouts.put(fields.takeVarint(Integer.MAX_VALUE), fields.takeOneOf(POSITIONS));
      }
    }

    TrainSetPlan.Builder put(TrainSetPlan.Builder plan) {
      trains.forEach(plan::train);
      turnouts.forEach(plan::turnout);
      return plan;
    }
  }
}
