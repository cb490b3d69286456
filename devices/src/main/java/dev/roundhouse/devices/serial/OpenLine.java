package dev.roundhouse.devices.serial;

/** A line with nobody at its far end: it takes everything and sends nothing. */
public record OpenLine() implements SerialPeer {
  @Override
  public void frameFromUart(int value) {
    // Nobody listens.
  }

  @Override
  public int nextFrame() {
    return ENDED;
  }

  @Override
  public boolean inputEnded() {
    return true;
  }
}
