package dev.roundhouse.emulator.input;

import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The gate of a run with live peers: other threads offer, the machine's thread lets in and logs.
 */
public final class LiveGate implements InputGate {
  private final LinkedBlockingDeque<ExternalInput> waiting = new LinkedBlockingDeque<>();
  private static final int UNTAKEN_BYTES_MAX = 1 << 16;

  private final Semaphore room = new Semaphore(UNTAKEN_BYTES_MAX);
  private final InputLog log;
  private volatile Runnable stopIsWanted = () -> {};
  private volatile boolean isStopWanted;
  private volatile Runnable tasksAreWanted = () -> {};

  /** A gate that writes what it lets in to a log. */
  public LiveGate(InputLog log) {
    this.log = log;
  }

  /** Leaves input at the gate, and waits while there is no room. Any thread may do so. */
  public void offer(ExternalInput input) {
    if (input instanceof ExternalInput.SerialByte) {
      room.acquireUninterruptibly();
    }
    add(input);
  }

  private void add(ExternalInput input) {
    waiting.add(input);
    if (input instanceof ExternalInput.StopRequest) {
      isStopWanted = true;
      stopIsWanted.run();
    }
  }

  /**
   * Has {@code action} run, by whoever offers it, each time that a request to stop is at the gate.
   */
  public void whenStopIsWanted(Runnable action) {
    stopIsWanted = action;
  }

  /** Whether a request to stop has ever been left here. */
  public boolean isStopWanted() {
    return isStopWanted;
  }

  /** Has {@code action} run each time that a peer asks for the tasks to be shown. */
  public void whenTasksAreWanted(Runnable action) {
    tasksAreWanted = action;
  }

  /** Asks for the tasks to be shown, which is no input. Any thread may do so. */
  public void askForTasks() {
    tasksAreWanted.run();
  }

  /**
   * Leaves input at the gate unless there is no room.
   *
   * @return whether there was room
   */
  public boolean offerIfThereIsRoom(ExternalInput input) {
    boolean hasRoom = !(input instanceof ExternalInput.SerialByte) || room.tryAcquire();
    if (hasRoom) {
      add(input);
    }
    return hasRoom;
  }

  /** A program has taken a byte that came by this gate. */
  public void taken() {
    room.release();
  }

  @Override
  public void admit(long nowNanos, Receiver receiver) {
    for (ExternalInput input = waiting.poll(); input != null; input = waiting.poll()) {
      log.entered(nowNanos, input);
      receiver.receive(input);
    }
  }

  @Override
  public long nextKnownNanos() {
    return Long.MAX_VALUE;
  }

  /**
   * Waits until input is at the gate, at most so long.
   *
   * @return whether there is some
   */
  public boolean awaitInput(long wallNanos) {
    try {
      ExternalInput first = waiting.poll(wallNanos, TimeUnit.NANOSECONDS);
      if (first != null) {
        waiting.addFirst(first);
      }
      return first != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
