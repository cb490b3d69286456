package dev.roundhouse.emulator.input;

/**
 * Where external input waits until the machine lets it in. The machine asks only between blocks of
 * guest code; what it takes at one such point enters at the virtual time of that point.
 */
public sealed interface InputGate permits LiveGate, ReplayGate {
  /** Hears of a machine's input. */
  interface Receiver {
    /** Takes one input at the machine's present time. */
    void receive(ExternalInput input);
  }

  /** Lets in what is due at {@code nowNanos}. */
  void admit(long nowNanos, Receiver receiver);

  /**
   * Virtual time in nanoseconds at which input is known to come, {@link Long#MAX_VALUE} when none
   * is known. A machine must ask at exactly that time.
   */
  long nextKnownNanos();
}
