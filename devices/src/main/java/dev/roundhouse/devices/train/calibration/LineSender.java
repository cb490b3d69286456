package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.serial.UartPort;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.train.BoxCable;
import dev.roundhouse.devices.train.calibration.Transcript.Sent;
import dev.roundhouse.devices.train.fault.LossyLine;
import java.util.ArrayDeque;
import java.util.Deque;

/** A sender of bytes at the line to a 6051, which waits while it is not clear. */
final class LineSender implements Simulation.Sender, UartPort {
  private static final long HEARD = SerialFormat.MARKLIN.heardNanos();
  private static final long REST = SerialFormat.MARKLIN.frameNanos() - HEARD;

  private final VirtualClock clock;
  private final Transcript heard;
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private final LossyLine box;
  private final Alarm stopBit;
  private final Alarm frameEnd;
  private boolean isClear = true;
  private int shifting;

  LineSender(VirtualClock clock, Agenda agenda, BoxCable.Serial line, Transcript heard) {
    this.clock = clock;
    this.heard = heard;
    stopBit = agenda.alarm("stop bit", this::hear);
    frameEnd = agenda.alarm("frame", at -> goOn());
    box = line.farEnd();
    line.connect(this);
  }

  @Override
  public void send(Sent what) {
    if (what instanceof Sent.OfLine(_, int value)) {
      waiting.add(value);
      goOn();
    }
  }

  private void goOn() {
    boolean isTaken = isClear || box.takesFrameWhileNotClear();
    boolean isFree = !stopBit.isSet() && !frameEnd.isSet() && isTaken;
    if (isFree && box.inputEnded() && !waiting.isEmpty()) {
      shifting = waiting.remove();
      stopBit.setAt(clock.nanos() + HEARD);
    }
  }

  private void hear(long atNanos) {
    frameEnd.setAt(atNanos + REST);
    heard.toBox(atNanos, shifting);
    box.frameFromUart(shifting);
  }

  @Override
  public void receiveFrame(int value, SerialFormat sentAs) {
    heard.fromBox(clock.nanos(), value);
  }

  @Override
  public void setCts(Signal state) {
    isClear = state == Signal.ASSERTED;
    goOn();
  }

  @Override
  public SerialFormat format() {
    return SerialFormat.MARKLIN;
  }
}
