package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.record.RecordedNotes;
import dev.roundhouse.emulator.record.Recorder;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.Replay;
import dev.roundhouse.emulator.record.ReplayOutcome;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.kernel.abi.CallAbi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Booted kernels are recorded and replayed. */
class BootRecordingTest {
  private static final int CONSOLE = 0;
  private static final int BOX = 3;
  private static final int REPLAYS = 3;
  private static final int REBOOTS_MILLIS = 250;
  private static final int KEYS = 20;
  private static final int CYCLES_MILLIS = 20;

  /**
   * Opens UART0 and echoes what it receives, mixed with the low byte of the timer's count at that
   * moment; waits by {@code wfe} for the events of a stream (CNTHCTL_EL2).
   */
  private static final int[] ECHO_WITH_TIME = {
    0xd2820001, 0xf2bfc401, 0x52800342, 0xb9002422, 0x52800062, 0xb9002822, 0x52800e02, 0xb9002c22,
    0x52806022, 0xb9003022, 0x52800202, 0xb9003822, 0xd2801882, 0xd51ce102, 0xd503201f, 0xd503201f,
    0xd503205f, 0xd53be024, 0xb9401822, 0x3727ffa2, 0xb9400025, 0x4a0400a5, 0xb9000025, 0x17fffff9
  };

  /** Starts the cycle counter; what follows echoes by it and not by the timer. */
  private static final int[] START_CYCLES = {0xd2800820, 0xd51b9c00, 0xd2b00000, 0xd51b9c20};

  private static final int READ_TIME_AT = 17;
  private static final int READ_CYCLES = 0xd53b9d04;

  /** What is seen of a run from outside. */
  private static final class Audience {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final List<String> trace = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    OutputPort console() {
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

    TraceSink trace() {
      return new TraceSink() {
        @Override
        public boolean isOn() {
          return true;
        }

        @Override
        public void emit(long nanos, TraceEvent event) {
          if (!(event instanceof KernelStep)) {
            trace.add(nanos + " " + event);
          }
        }
      };
    }

    void warn(String where, String what) {
      warnings.add(where + ": " + what);
    }
  }

  private record Recorded(ByteArrayOutputStream stream, RunResult result, Audience seen) {
    byte[] file() {
      return stream.toByteArray();
    }

    String text() {
      return seen.output.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private static KernelImage bundled(String file) throws Exception {
    return KernelImage.parse(file, Images.resource("/dev/roundhouse/firmware/kernels/" + file));
  }

  private static Recorded record(
      KernelImage image, Map<Integer, InputSource> inputs, RunLimits limits) throws Exception {
    Audience seen = new Audience();
    Map<Integer, UartAttachment> lines = new TreeMap<>();
    inputs.forEach((line, input) ->
        lines.put(
            line, new UartAttachment(input, line == CONSOLE ? seen.console() : OutputPort.none())));
    boolean isLive = inputs.values().stream().anyMatch(InputSource.Live.class::isInstance);
    var pacing = isLive ? MachineConfig.Pacing.REAL_TIME : MachineConfig.Pacing.UNPACED;
    MachineConfig config =
        new MachineConfig(
            engine(),
            new Guest.Kernel(
                image,
                Guest.Kernel.MOST_RAM,
                Guest.OnReboot.BOOT_AGAIN,
                InstructionTime.OF_CHIP,
                Optional.of(CallAbi.UNKNOWN)),
            lines,
            new MachineConfig.Run(limits, pacing),
            new MachineConfig.Listeners(seen.trace(), _ -> {}, seen::warn, InputLog.none()));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    RecordedNotes notes = new RecordedNotes(CONSOLE, "an engine");
    try (Recorder recorder = Recorder.start(config, notes, file);
        Machine machine = new Machine(recorder.config())) {
      RunResult result = machine.run();
      recorder.finish(result);
      return new Recorded(file, result, seen);
    }
  }

  private static Engine engine() {
    return TestEngine.INSTALLED.library();
  }

  private static ReplayOutcome replay(byte[] file, Audience seen) throws Exception {
    Recording recording = Recording.read(new ByteArrayInputStream(file));
    return new Replay(recording)
        .run(
            engine(),
            new Replay.Listeners(seen.console(), seen.trace(), _ -> {}, seen::warn),
            Replay.Observer.NOBODY);
  }

  private static void assertReplaysAlike(Recorded recorded) throws Exception {
    for (int i = 0; i < REPLAYS; i++) {
      Audience seen = new Audience();
      ReplayOutcome outcome = replay(recorded.file(), seen);
      assertThat(seen.trace).isEqualTo(recorded.seen.trace);
      assertThat(seen.output.toByteArray()).isEqualTo(recorded.seen.output.toByteArray());
      assertThat(seen.warnings).isEqualTo(recorded.seen.warnings);
      assertThat(outcome)
          .isInstanceOfSatisfying(
              ReplayOutcome.Identical.class,
              same -> assertThat(same.result()).isEqualTo(recorded.result));
    }
  }

  /** A peer on a thread of its own that types when it likes, in the end {@code last}. */
  private static InputSource typist(int keys, ExternalInput... last) {
    return new InputSource.Live((uart, gate) ->
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              SplittableRandom random = new SplittableRandom(keys);
              for (int i = 0; i < keys; i++) {
                LockSupport.parkNanos(random.nextInt(3_000_000));
                gate.offer(new ExternalInput.SerialByte(uart, 'a' + random.nextInt(16)));
              }
              LockSupport.parkNanos(30_000_000);
              List.of(last).forEach(gate::offer);
            }));
  }

  @Test
  void aKernelThatReadsLiveKeysByInterruptsReplaysAlike() throws Exception {
    InputSource peer =
        typist(
            60, new ExternalInput.SerialByte(CONSOLE, 'q'), new ExternalInput.SerialEnded(CONSOLE));
    Recorded recorded = record(bundled("mini.elf"), Map.of(CONSOLE, peer), RunLimits.NONE);
    assertThat(recorded.result.end()).isEqualTo(new RunEnd.NothingCanCome());
    assertThat(recorded.text()).contains("\nbye\n").hasSizeGreaterThan(200);
    assertReplaysAlike(recorded);
  }

  @Test
  void aKernelThatWaitsByWfeForLiveKeysReplaysAlike() throws Exception {
    byte[] code = BootTest.code(ECHO_WITH_TIME);
    InputSource peer = typist(60, new ExternalInput.StopRequest());
    Recorded recorded =
        record(KernelImage.parse("echo", code), Map.of(CONSOLE, peer), RunLimits.NONE);
    assertThat(recorded.result.end()).isEqualTo(new RunEnd.Stopped());
    assertThat(recorded.text()).hasSizeGreaterThan(50);
    assertReplaysAlike(recorded);
  }

  @Test
  void aKernelThatCountsCyclesRunsAndReplaysAlike() throws Exception {
    Recorded recorded = recordCycles();
    assertThat(recorded.text()).hasSize(KEYS);
    assertThat(recordCycles().text()).isEqualTo(recorded.text());
    assertReplaysAlike(recorded);
  }

  private static Recorded recordCycles() throws Exception {
    int[] echo = ECHO_WITH_TIME.clone();
    echo[READ_TIME_AT] = READ_CYCLES;
    int[] words = IntStream.concat(IntStream.of(START_CYCLES), IntStream.of(echo)).toArray();
    AtomicInteger taken = new AtomicInteger();
    InputSource keys =
        new InputSource.Waiting(
            giveUp -> taken.get() < KEYS ? 'a' + taken.getAndIncrement() : SerialPeer.ENDED);
    long limit = Duration.ofMillis(CYCLES_MILLIS).toNanos();
    return record(
        KernelImage.parse("cycles", BootTest.code(words)),
        Map.of(CONSOLE, keys),
        new RunLimits(limit, Long.MAX_VALUE));
  }

  @Test
  void aKernelThatRebootsUntilALimitReplaysAlike() throws Exception {
    long limit = Duration.ofMillis(REBOOTS_MILLIS).toNanos();
    InputSource trains =
        new InputSource.SimulatedTrains(TrainSetPlan.on(Layout.trackA()).train(24, "C13").plan());
    Recorded recorded =
        record(
            bundled("check_reboot.elf"),
            Map.of(CONSOLE, new InputSource.Nothing(), BOX, trains),
            new RunLimits(limit, Long.MAX_VALUE));
    assertThat(recorded.result.end()).isEqualTo(new RunEnd.VirtualTimeout());
    assertThat(recorded.text()).isEqualTo("boot 0 in this memory\n".repeat(3));
    assertReplaysAlike(recorded);
  }

  @Test
  void aKernelThatIsLostReplaysAlike() throws Exception {
    Recorded recorded =
        record(
            bundled("lost_vectors.elf"),
            Map.of(CONSOLE, new InputSource.Nothing()),
            RunLimits.NONE);
    assertThat(recorded.result.end()).isInstanceOf(RunEnd.Lost.class);
    assertReplaysAlike(recorded);
  }

  @Test
  void aRecordingThatWasCutReplaysToItsLastCheckPoint() throws Exception {
    RunLimits limits = new RunLimits(Duration.ofMillis(REBOOTS_MILLIS).toNanos(), Long.MAX_VALUE);
    Recorded recorded = record(bundled("check_reboot.elf"), Map.of(), limits);
    byte[] cut = Arrays.copyOf(recorded.file(), recorded.file().length - 1);
    assertThat(replay(cut, new Audience())).isInstanceOf(ReplayOutcome.IdenticalUntilCut.class);
  }

  @Test
  void anotherKernelIsADifference() throws Exception {
    Recorded one = record(bundled("mini.elf"), Map.of(), RunLimits.NONE);
    Recorded other = record(bundled("check_gpio.elf"), Map.of(), RunLimits.NONE);
    List<RecordingPart> spliced = new ArrayList<>();
    RecordingPart.of(other.file()).stream().filter(RecordingPart::isSetup).forEach(spliced::add);
    RecordingPart.of(one.file()).stream().filter(part -> !part.isSetup()).forEach(spliced::add);
    assertThat(replay(RecordingPart.file(spliced), new Audience()))
        .isInstanceOf(ReplayOutcome.Different.class);
  }
}
