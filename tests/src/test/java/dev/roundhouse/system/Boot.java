package dev.roundhouse.system;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.emulator.calls.CallAbi;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.fullsystem.KernelImage;
import dev.roundhouse.emulator.fullsystem.KernelImageException;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.BootConfig;
import dev.roundhouse.emulator.machine.BootMachine;
import dev.roundhouse.emulator.machine.BootResult;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.machine.RunLimits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A kernel to boot on a machine, its console a piped input and a buffer for the output. */
final class Boot {
  private static final int CONSOLE = 0;
  private static final Duration WALL_LIMIT = Duration.ofMinutes(2);

  private final KernelImage image;
  private final Map<Integer, ByteArrayOutputStream> sentByOthers = new TreeMap<>();
  private final Map<Integer, String> others = new TreeMap<>();
  private byte[] input = {};
  private Duration limit = Duration.ofMinutes(10);
  private BootConfig.OnReboot onReboot = BootConfig.OnReboot.END;
  private Optional<CallAbi> watched = Optional.empty();
  private TraceSink trace = new SilentTrace();

  /** What a run left behind; a character of the text for each byte. */
  record Outcome(BootResult result, String text, List<String> warnings) {}

  Boot(String name, byte[] content) throws KernelImageException {
    image = KernelImage.parse(name, content);
  }

  /** A file of the bundled test kernels. */
  static Boot bundled(String file) throws KernelImageException {
    return new Boot(file, Images.resource("/dev/roundhouse/firmware/kernels/" + file));
  }

  Boot input(String text) {
    input = text.getBytes(StandardCharsets.ISO_8859_1);
    return this;
  }

  /** What another line receives; what it sends is in the outcome. */
  Boot line(int line, String text) {
    others.put(line, text);
    return this;
  }

  Boot limit(Duration virtual) {
    limit = virtual;
    return this;
  }

  Boot again() {
    onReboot = BootConfig.OnReboot.BOOT_AGAIN;
    return this;
  }

  /** Tells the kernel's system calls to a trace. */
  Boot watched(CallAbi abi, TraceSink newTrace) {
    watched = Optional.of(abi);
    trace = newTrace;
    return this;
  }

  Outcome run() throws KernelImageException {
    return runOn(TestEngine.INSTALLED.library());
  }

  Outcome runOn(Engine engine) throws KernelImageException {
    var output = new ByteArrayOutputStream();
    List<String> warnings = new ArrayList<>();
    var listeners =
        new MachineConfig.Listeners(
            trace, _ -> {}, (where, what) -> warnings.add(where + ": " + what), InputLog.none());
    var limits = new RunLimits(limit.toNanos(), WALL_LIMIT.toNanos());
    var machine =
        new BootMachine(
            new BootConfig(
                engine,
                new BootConfig.Guest(image, BootConfig.MOST_RAM, onReboot, watched),
                attachments(output),
                new MachineConfig.Course(limits, MachineConfig.Pacing.UNPACED, Optional.empty()),
                listeners));
    BootResult result = machine.run();
    return new Outcome(result, output.toString(StandardCharsets.ISO_8859_1), warnings);
  }

  private Map<Integer, UartAttachment> attachments(ByteArrayOutputStream output) {
    Map<Integer, UartAttachment> lines = new TreeMap<>();
    lines.put(CONSOLE, new UartAttachment(piped(input), collect(output)));
    others.forEach((line, text) -> {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      sentByOthers.put(line, sent);
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      lines.put(line, new UartAttachment(piped(bytes), collect(sent)));
    });
    return lines;
  }

  /** What a line of {@link #line} has sent in the latest run. */
  String sentBy(int line) {
    return String.valueOf(sentByOthers.get(line));
  }

  private static InputSource piped(byte[] input) {
    int[] at = {0};
    return new InputSource.Waiting(
        _ -> at[0] < input.length ? Byte.toUnsignedInt(input[at[0]++]) : SerialPeer.ENDED);
  }

  private static OutputPort collect(ByteArrayOutputStream output) {
    return new OutputPort() {
      @Override
      public void put(int value) {
        output.write(value);
      }

      @Override
      public void flush() {
        // It is all there.
      }
    };
  }
}
