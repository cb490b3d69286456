package dev.roundhouse.emulator.trackserver;

import dev.roundhouse.emulator.lines.OutputQueue;

/**
 * Control software at the other side of a socket or pseudo-terminal. The server's thread serves it;
 * others bring what it sends and take answers away.
 */
interface TrackClient {
  /** How many bytes may wait for the box, so that a sender in this process keeps step with it. */
  int IN_STEP = 1024;

  /**
   * The same for a connection, read ahead so that its end is seen behind what was sent before;
   * further bytes wait in the connection.
   */
  int READ_AHEAD = 1 << 20;

  /** What is on its way to it. */
  OutputQueue answers();

  /** Waits until there is room for so many bytes. Called by whoever brings them. */
  void awaitRoom(int bytes) throws InterruptedException;

  /** Takes bytes that were sent together, a character for each. */
  void take(String bytes);

  /** Drops what is still to be done; answers how many bytes that were. */
  int drop();
}
