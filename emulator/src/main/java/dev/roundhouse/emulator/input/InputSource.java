package dev.roundhouse.emulator.input;

import dev.roundhouse.devices.train.TrainSetPlan;
import java.util.function.BooleanSupplier;

/** Where the bytes come from that a UART receives. */
public sealed interface InputSource {
  /** Nothing ever comes. */
  record Nothing() implements InputSource {}

  /**
   * Input that is all there in principle, such as a piped file: a byte is taken when the program
   * can take it, so its timing does not depend on the host.
   */
  record Waiting(Pull pull) implements InputSource {}

  /** A live peer: it offers bytes to the {@link LiveGate} whenever it likes. */
  record Live(Start start, Handshake handshake) implements InputSource {
    /** A live peer without clear to send. */
    public Live(Start start) {
      this(start, Handshake.NONE);
    }
  }

  /**
   * A simulated train set: it is part of the machine, answers in virtual time and drives clear to
   * send. What the UART sends goes to it alone.
   *
   * @param watcher may look at it while the machine runs
   */
  record SimulatedTrains(TrainSetPlan plan, TrainWatcher watcher) implements InputSource {
    /** A train set that nobody watches. */
    public SimulatedTrains(TrainSetPlan plan) {
      this(plan, TrainWatcher.NOBODY);
    }
  }

  /** Takes a byte of waiting input. */
  interface Pull {
    /** From {@link #next}: the caller gave up. */
    int GAVE_UP = -3;

    /**
     * The next byte, 0 to 255, {@link dev.roundhouse.devices.serial.SerialPeer#ENDED}, or {@link
     * #GAVE_UP} once {@code giveUp} says so. Blocks while the producer is slow.
     */
    int next(BooleanSupplier giveUp);
  }

  /** Starts a live peer. */
  interface Start {
    /** Lets the peer offer {@link ExternalInput.SerialByte} for that UART from now on. */
    void start(int uart, LiveGate gate);
  }
}
