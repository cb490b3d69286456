package dev.roundhouse.devices.train.box;

import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** An answer under way: for each module the time to shift it in, then its two bytes. */
final class SensorAnswer {
  private static final long FRAME = SerialFormat.MARKLIN.frameNanos();
  private static final int BITS_OF_BYTE = 8;
  private static final int BYTE_MASK = 0xff;

  private enum Step {
    SHIFT_IN,
    FIRST_BYTE,
    SECOND_BYTE
  }

  private final Alarm alarm;
  private final IntUnaryOperator modules;
  private final LongSupplier moduleNanos;
  private final IntConsumer line;
  private final LongConsumer ended;
  private Step step = Step.SHIFT_IN;
  private int module;
  private int last;
  private int contacts;

  /**
   * @param modules reads a module's contacts
   * @param moduleNanos how long the next module takes
   * @param line takes each byte when its frame is complete
   * @param ended called with the time when the last byte is
   */
  SensorAnswer(
      Agenda agenda,
      IntUnaryOperator modules,
      LongSupplier moduleNanos,
      IntConsumer line,
      LongConsumer ended) {
    this.modules = modules;
    this.moduleNanos = moduleNanos;
    this.line = line;
    this.ended = ended;
    alarm = agenda.alarm("6051 answer", this::goOn);
  }

  boolean isUnderWay() {
    return alarm.isSet();
  }

  void start(BoxCommand.ReadSensors read, long atNanos) {
    module = read.first();
    last = read.last();
    step = Step.SHIFT_IN;
    alarm.setAt(atNanos + moduleNanos.getAsLong());
  }

  void breakOff() {
    alarm.cancel();
  }

  private void goOn(long atNanos) {
    if (step == Step.SHIFT_IN) {
      contacts = modules.applyAsInt(module);
      step = Step.FIRST_BYTE;
      alarm.setAt(atNanos + FRAME);
    } else if (step == Step.FIRST_BYTE) {
      step = Step.SECOND_BYTE;
      alarm.setAt(atNanos + FRAME);
      line.accept(contacts >>> BITS_OF_BYTE);
    } else {
      goOnToNextModule(atNanos);
      line.accept(contacts & BYTE_MASK);
      if (!isUnderWay()) {
        ended.accept(atNanos);
      }
    }
  }

  private void goOnToNextModule(long atNanos) {
    if (module < last) {
      module++;
      step = Step.SHIFT_IN;
      alarm.setAt(atNanos + moduleNanos.getAsLong());
    }
  }
}
