package dev.roundhouse.emulator.lines;

import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.LiveGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for the machine and the user: hears what comes in and what is said. */
final class Heard {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

  final List<String> notices = new CopyOnWriteArrayList<>();
  private final LiveGate gate = new LiveGate(InputLog.none());

  void start(int uart, HostEnd end) {
    ((InputSource.Live) end.attachment().input()).start().start(uart, gate);
  }

  /** Waits for that many inputs; fewer when they do not come. */
  List<ExternalInput> inputs(int count) {
    List<ExternalInput> inputs = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (inputs.size() < count && System.nanoTime() < deadline) {
      gate.awaitInput(1_000_000);
      gate.admit(0, inputs::add);
    }
    return inputs;
  }

  /** The bytes of the next inputs as text. */
  String text(int count) {
    StringBuilder text = new StringBuilder();
    for (ExternalInput input : inputs(count)) {
      text.append(
          input instanceof ExternalInput.SerialByte(int uart, int value)
              ? String.valueOf((char) value)
              : input.toString());
    }
    return text.toString();
  }

  static void send(HostEnd end, String text) throws Exception {
    for (int i = 0; i < text.length(); i++) {
      end.attachment().output().put(text.charAt(i));
    }
    end.attachment().output().flush();
  }
}
