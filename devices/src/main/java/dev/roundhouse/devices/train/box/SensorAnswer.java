package dev.roundhouse.devices.train.box;

import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/** An answer under way: for each module the time to shift it in, then its two bytes. */
final class SensorAnswer {
  private static final long HEARD = SerialFormat.MARKLIN.heardNanos();
  private static final long REST = SerialFormat.MARKLIN.frameNanos() - HEARD;
  private static final int BITS_OF_BYTE = 8;
  private static final int BYTE_MASK = 0xff;

  private enum Step {
    SHIFT_IN,
    FIRST_BYTE,
    BETWEEN,
    SECOND_BYTE,
    END_OF_MODULE,
    END
  }

  private final Alarm alarm;
  private final IntUnaryOperator modules;
  private final LongSupplier moduleNanos;
  private final Line line;
  private Step step = Step.SHIFT_IN;
  private int module;
  private int last;
  private int contacts;

  /** Where the bytes go. */
  interface Line {
    /** The frame of a byte begins. */
    void begins();

    /** Its receiver has heard it: it is in the middle of the first stop bit. */
    void isHeard(int value);

    /** How long the box is busy after the last frame has ended. */
    long afterwardsNanos();

    /** The box is free again. */
    void ended(long atNanos);
  }

  /**
   * @param modules reads a module's contacts
   * @param moduleNanos how long the next module takes
   */
  SensorAnswer(Agenda agenda, IntUnaryOperator modules, LongSupplier moduleNanos, Line line) {
    this.modules = modules;
    this.moduleNanos = moduleNanos;
    this.line = line;
    alarm = agenda.alarm("6051 answer", this::goOn);
  }

  boolean isUnderWay() {
    return alarm.isSet();
  }

  void start(BoxCommand.ReadSensors read, long atNanos) {
    module = read.first();
    last = read.last();
    await(Step.SHIFT_IN, atNanos + moduleNanos.getAsLong());
  }

  void breakOff() {
    alarm.cancel();
  }

  private void await(Step next, long atNanos) {
    step = next;
    alarm.setAt(atNanos);
  }

  private void goOn(long atNanos) {
    switch (step) {
      case SHIFT_IN -> {
        contacts = modules.applyAsInt(module);
        begin(Step.FIRST_BYTE, atNanos);
      }
      case FIRST_BYTE -> {
        await(Step.BETWEEN, atNanos + REST);
        line.isHeard(contacts >>> BITS_OF_BYTE);
      }
      case BETWEEN -> begin(Step.SECOND_BYTE, atNanos);
      case SECOND_BYTE -> {
        await(Step.END_OF_MODULE, atNanos + REST);
        line.isHeard(contacts & BYTE_MASK);
      }
      case END_OF_MODULE -> endModule(atNanos);
      case END -> line.ended(atNanos);
      default -> throw new IllegalStateException("no step of an answer: " + step);
    }
  }

  private void begin(Step heard, long atNanos) {
    await(heard, atNanos + HEARD);
    line.begins();
  }

  private void endModule(long atNanos) {
    if (module < last) {
      module++;
      await(Step.SHIFT_IN, atNanos + moduleNanos.getAsLong());
    } else {
      await(Step.END, atNanos + line.afterwardsNanos());
    }
  }
}
