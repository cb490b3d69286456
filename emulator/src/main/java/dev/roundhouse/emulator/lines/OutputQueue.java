package dev.roundhouse.emulator.lines;

import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.process.Notices;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Output on its way to a peer that may be slow or not there: a machine never waits for it. What
 * does not fit is dropped, and that is said once.
 */
public final class OutputQueue implements OutputPort {
  private static final int CAPACITY_BYTES = 1 << 16;

  /** Whether bytes that are put are kept. */
  public enum Peer {
    PRESENT,
    ABSENT
  }

  private final String name;
  private final Notices notices;
  private final byte[] ring = new byte[CAPACITY_BYTES];
  private int first;
  private int count;
  private Peer peer;
  private boolean isOverflowTold;

  public OutputQueue(String name, Peer peer, Notices notices) {
    this.name = name;
    this.peer = peer;
    this.notices = notices;
  }

  /** A peer comes or goes; what waited for an earlier one is dropped. */
  public synchronized void setPeer(Peer newPeer) {
    peer = newPeer;
    count = 0;
    notifyAll();
  }

  @Override
  public synchronized void put(int value) {
    if (peer == Peer.ABSENT) {
      return;
    }
    if (count == ring.length) {
      tellOverflow();
      return;
    }
    ring[(first + count++) % ring.length] = (byte) value;
  }

  /** Puts bytes that belong together: all of them or, when there is no room, none. */
  public synchronized void putAll(byte[] values) {
    if (peer == Peer.PRESENT && count + values.length > ring.length) {
      tellOverflow();
      return;
    }
    for (byte value : values) {
      put(value);
    }
    flush();
  }

  @Override
  public synchronized void flush() {
    notifyAll();
  }

  /**
   * Takes bytes out of the queue, waiting for the first.
   *
   * @return how many; 0 when none came in that time
   */
  public synchronized int take(byte[] into, int waitMillis) throws InterruptedException {
    long deadline = deadline(waitMillis);
    while (count == 0 && deadline > System.nanoTime()) {
      waitUntil(deadline);
    }
    int taken = Math.min(count, into.length);
    for (int i = 0; i < taken; i++) {
      into[i] = ring[(first + i) % ring.length];
    }
    first = (first + taken) % ring.length;
    count -= taken;
    notifyAll();
    return taken;
  }

  /** Takes one byte, without waiting. */
  public synchronized OptionalInt poll() {
    if (count == 0) {
      return OptionalInt.empty();
    }
    int value = Byte.toUnsignedInt(ring[first]);
    first = (first + 1) % ring.length;
    count--;
    notifyAll();
    return OptionalInt.of(value);
  }

  /** Whether nothing waits to be taken. */
  public synchronized boolean isEmpty() {
    return count == 0;
  }

  /** Waits until all was taken or nobody is there, but not longer than that. */
  public synchronized void awaitEmpty(int waitMillis) {
    long deadline = deadline(waitMillis);
    try {
      while (count > 0 && peer == Peer.PRESENT && deadline > System.nanoTime()) {
        waitUntil(deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long deadline(int waitMillis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
  }

  @SuppressWarnings("WaitNotInLoop") // the callers' loops
  private void waitUntil(long deadline) throws InterruptedException {
    wait(Math.max(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()), 1));
  }

  private void tellOverflow() {
    if (!isOverflowTold) {
      isOverflowTold = true;
      notices.say(name + ": the peer does not keep up; output for it is dropped");
    }
  }
}
