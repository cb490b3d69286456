package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A far end that keeps what it gets and sends what it was given. */
public final class FarEnd implements SerialPeer {
  public final List<Integer> received = new ArrayList<>();
  public final Queue<Integer> toSend = new ArrayDeque<>();
  public final List<Signal> requests = new ArrayList<>();
  public boolean ended;
  public boolean clearToSendMayChange;
  public boolean reactsToFrames;
  public int asked;

  public void type(String text) {
    for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
      toSend.add(b & 0xFF);
    }
  }

  @Override
  public void frameFromUart(int value) {
    received.add(value);
  }

  @Override
  public int nextFrame() {
    asked++;
    if (toSend.isEmpty()) {
      return ended ? ENDED : NONE_YET;
    }
    return toSend.remove();
  }

  @Override
  public boolean inputEnded() {
    return ended && toSend.isEmpty();
  }

  @Override
  public void requestToSend(Signal state) {
    requests.add(state);
  }

  @Override
  public boolean reactsToFrames() {
    return reactsToFrames;
  }

  @Override
  public boolean clearToSendMayChange() {
    return clearToSendMayChange;
  }
}
