package dev.roundhouse.devices.train.fault;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.train.event.Journal;
import dev.roundhouse.devices.train.event.TrainEvent;
import java.util.SplittableRandom;

/** A serial line on which some bytes to its far end are lost. */
public final class LossyLine implements SerialPeer {
  private final SerialPeer farEnd;
  private final SplittableRandom chance;
  private final Journal journal;
  private double lost;

  /** A line that loses nothing yet. */
  public LossyLine(SerialPeer farEnd, SplittableRandom chance, Journal journal) {
    this.farEnd = farEnd;
    this.chance = chance;
    this.journal = journal;
  }

  void setLost(double probability) {
    lost = probability;
  }

  @Override
  public void frameFromUart(int value) {
    if (lost == 0 || chance.nextDouble() >= lost) {
      farEnd.frameFromUart(value);
    } else {
      journal.report(new TrainEvent.FaultChanged("lost-bytes", "byte " + value + " is lost"));
    }
  }

  @Override
  public int nextFrame() {
    return farEnd.nextFrame();
  }

  @Override
  public boolean inputEnded() {
    return farEnd.inputEnded();
  }

  @Override
  public void requestToSend(Signal state) {
    farEnd.requestToSend(state);
  }

  @Override
  public boolean hearsStopBits() {
    return farEnd.hearsStopBits();
  }

  @Override
  public boolean reactsToFrames() {
    return farEnd.reactsToFrames();
  }

  @Override
  public boolean takesFrameWhileNotClear() {
    return farEnd.takesFrameWhileNotClear();
  }

  @Override
  public boolean clearToSendMayChange() {
    return farEnd.clearToSendMayChange();
  }
}
