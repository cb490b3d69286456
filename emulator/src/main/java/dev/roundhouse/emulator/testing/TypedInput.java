package dev.roundhouse.emulator.testing;

import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.input.ReplayGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a test types: it waits for the machine to start, enters by its gate, and is noted there. */
final class TypedInput implements InputLog {
  private static final int MOST_EARLY_INPUTS = 1 << 16;

  private final List<ExternalInput> early = new ArrayList<>();
  private final List<ReplayGate.Stamped> entered = new ArrayList<>();
  private final SortedSet<Integer> ended = new TreeSet<>();
  private Optional<LiveGate> gate = Optional.empty();

  TypedInput() {}

  /** The machine starts; called for each UART. */
  void start(int uart, LiveGate machinesGate) {
    gate = Optional.of(machinesGate);
    early.removeIf(machinesGate::offerIfThereIsRoom);
  }

  void put(int uart, ExternalInput input) {
    if (ended.contains(uart)) {
      throw new IllegalStateException("the input of UART" + uart + " has ended");
    }
    boolean hasRoom =
        gate.map(machines -> machines.offerIfThereIsRoom(input))
            .orElseGet(() -> early.size() < MOST_EARLY_INPUTS && early.add(input));
    if (!hasRoom) {
      throw new IllegalStateException(
          "no program takes what is typed at UART"
              + uart
              + ": more than "
              + (MOST_EARLY_INPUTS - 1)
              + " bytes wait already");
    }
  }

  void end(int uart) {
    put(uart, new ExternalInput.SerialEnded(uart));
    ended.add(uart);
  }

  /** Everything that has entered the machine, in order. */
  List<ReplayGate.Stamped> entered() {
    return List.copyOf(entered);
  }

  @Override
  public void entered(long nanos, ExternalInput input) {
    entered.add(new ReplayGate.Stamped(nanos, input));
  }

  @Override
  public void pulled(int uart, int value) {
    // All input is typed.
  }
}
