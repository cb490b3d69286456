package dev.roundhouse.emulator.debugger;

import dev.roundhouse.emulator.machine.Inspection;
import java.util.function.Supplier;

/** Which thread a client means. */
final class Selection {
  private final Supplier<Inspection> guest;
  private int stopped;
  private int chosen;

  Selection(Supplier<Inspection> guest) {
    this.guest = guest;
  }

  /** The machine has stopped in this thread, which the client means until it chooses another. */
  void stoppedAt(int thread) {
    stopped = Math.max(thread, 1);
    chosen = stopped;
  }

  /** In which thread the machine has stopped; 1 if there is none yet. */
  int stopped() {
    return stopped;
  }

  int chosen() {
    return chosen;
  }

  void choose(int thread) {
    chosen = thread;
  }

  /** The thread that a packet names; {@code -1} and {@code 0} are any. */
  int named(String text) {
    int id = text.startsWith("-") ? 0 : (int) Hex.parse(text);
    return id == 0 ? stopped : id;
  }

  /** Whether there is such a thread. */
  boolean exists(int thread) {
    return thread == stopped
        || guest.get().threads().stream().anyMatch(each -> each.id() == thread);
  }
}
