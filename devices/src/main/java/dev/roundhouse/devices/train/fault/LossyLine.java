package dev.roundhouse.devices.train.fault;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import java.util.SplittableRandom;

/** A serial line on which some bytes to its far end are lost. */
public final class LossyLine implements SerialPeer {
  private final SerialPeer farEnd;
  private final SplittableRandom chance;
  private double lost;

  /** A line that loses nothing yet. */
  public LossyLine(SerialPeer farEnd, SplittableRandom chance) {
    this.farEnd = farEnd;
    this.chance = chance;
  }

  void setLost(double probability) {
    lost = probability;
  }

  @Override
  public void frameFromUart(int value) {
    if (lost == 0 || chance.nextDouble() >= lost) {
      farEnd.frameFromUart(value);
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
  public boolean clearToSendMayChange() {
    return farEnd.clearToSendMayChange();
  }
}
