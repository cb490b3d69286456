package dev.roundhouse.emulator.trackserver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.roundhouse.devices.can.CanFrame;
import dev.roundhouse.devices.train.cs3.FrameBytes;
import dev.roundhouse.emulator.lines.OutputQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/** A client that speaks frames: those that wait for the bus, and what it hears. */
final class CanClient implements TrackClient {
  private final OutputQueue answers;
  private final Runnable malformed;
  private final Semaphore room;
  private final Deque<CanFrame> waiting = new ArrayDeque<>();
  private final StringBuilder rest = new StringBuilder();
  private boolean hasLeft;

  /**
   * A client that has said nothing yet.
   *
   * @param mostWaiting how many of its bytes may wait for the bus
   * @param malformed is told of each frame that is none
   */
  CanClient(OutputQueue answers, int mostWaiting, Runnable malformed) {
    this.answers = answers;
    room = new Semaphore(mostWaiting);
    this.malformed = malformed;
  }

  @Override
  public OutputQueue answers() {
    return answers;
  }

  @Override
  public void awaitRoom(int bytes) throws InterruptedException {
    room.acquire(bytes);
  }

  /** Whether there is room for a frame, which is taken then. */
  boolean hasRoom() {
    return room.tryAcquire(FrameBytes.SIZE);
  }

  @Override
  public void take(String bytes) {
    rest.append(bytes);
    while (rest.length() >= FrameBytes.SIZE) {
      byte[] next = rest.substring(0, FrameBytes.SIZE).getBytes(ISO_8859_1);
      rest.delete(0, FrameBytes.SIZE);
      FrameBytes.parse(next).ifPresentOrElse(waiting::add, this::refuse);
    }
  }

  private void refuse() {
    room.release(FrameBytes.SIZE);
    malformed.run();
  }

  @Override
  public int drop() {
    int dropped = waiting.size() * FrameBytes.SIZE;
    waiting.clear();
    room.release(dropped);
    return dropped;
  }

  boolean hasNext() {
    return !waiting.isEmpty();
  }

  /** Its next frame for the bus. */
  CanFrame next() {
    room.release(FrameBytes.SIZE);
    return waiting.remove();
  }

  /** Tells it of a frame, whole or not at all. */
  void hear(byte[] frame) {
    if (!hasLeft) {
      answers.putAll(frame);
    }
  }

  /** It is gone: what it wanted done is done. */
  void leave() {
    hasLeft = true;
  }

  /** Whether it is gone and all that it wanted is done. */
  boolean isOver() {
    return hasLeft && waiting.isEmpty();
  }
}
