package dev.roundhouse.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.record.RecordedNotes;
import dev.roundhouse.emulator.record.Recorder;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.Replay;
import dev.roundhouse.emulator.record.ReplayOutcome;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.kernel.report.EndOfRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordAndReplayTest {
  private static final long GPLEN0 = 0xFE20_0070L;
  private static final long TIMER_COMPARE_3 = 0xFE00_3018L;
  private static final int CONSOLE = 2;
  private static final int BOX = 3;
  private static final int REPLAYS = 10;
  private static final RecordedNotes NOTES = new RecordedNotes(CONSOLE, "an engine");
  private static final RunLimits LIMITS =
      new RunLimits(Duration.ofMinutes(10).toNanos(), Duration.ofMinutes(2).toNanos());

  /** What is seen of a run from outside. */
  private static final class Audience {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final List<String> trace = new ArrayList<>();

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
          trace.add(nanos + " " + event);
        }
      };
    }

    String text() {
      return output.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private record Recorded(ByteArrayOutputStream stream, RunResult result, Audience seen) {
    byte[] file() {
      return stream.toByteArray();
    }
  }

  private record Replayed(ReplayOutcome outcome, Audience seen) {}

  private static Recorded record(
      ProgramRun guest, Engine engine, InputSource input, RunLimits limits)
      throws IOException, RecordingException {
    Audience seen = new Audience();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    boolean isLive = input instanceof InputSource.Live;
    var config =
        new MachineConfig(
            engine,
            guest.guest(),
            lines(input, seen),
            new MachineConfig.Run(
                limits,
                isLive ? MachineConfig.Pacing.REAL_TIME : MachineConfig.Pacing.UNPACED,
                Optional.empty()),
            new MachineConfig.Listeners(seen.trace(), _ -> {}, (_, _) -> {}, InputLog.none()));
    try (Recorder recorder = Recorder.start(config, NOTES, file);
        Machine machine = new Machine(recorder.config())) {
      RunResult result = machine.run();
      recorder.finish(result);
      return new Recorded(file, result, seen);
    }
  }

  /** A track is at UART3, everything else at the console. */
  private static Map<Integer, UartAttachment> lines(InputSource input, Audience seen) {
    return input instanceof InputSource.SimulatedTrains
        ? Map.of(
            CONSOLE,
            new UartAttachment(new InputSource.Nothing(), seen.console()),
            BOX,
            new UartAttachment(input, OutputPort.none()))
        : Map.of(CONSOLE, new UartAttachment(input, seen.console()));
  }

  private static Replayed replay(byte[] file, Engine engine)
      throws IOException, RecordingException {
    Audience seen = new Audience();
    Recording recording = Recording.read(new ByteArrayInputStream(file));
    ReplayOutcome outcome =
        new Replay(recording)
            .run(
                engine,
                new Replay.Listeners(seen.console(), seen.trace(), _ -> {}, (_, _) -> {}),
                Replay.Observer.NOBODY);
    return new Replayed(outcome, seen);
  }

  private static void assertReplaysAlike(Recorded recorded, Engine engine)
      throws IOException, RecordingException {
    for (int i = 0; i < REPLAYS; i++) {
      Replayed replayed = replay(recorded.file(), engine);
      assertThat(replayed.seen.trace).isEqualTo(recorded.seen.trace);
      assertThat(replayed.seen.text()).isEqualTo(recorded.seen.text());
      assertThat(replayed.outcome).isInstanceOf(ReplayOutcome.Identical.class);
      assertThat(((ReplayOutcome.Identical) replayed.outcome).result()).isEqualTo(recorded.result);
    }
  }

  private static InputSource piped(String text) {
    var left = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    return new InputSource.Waiting(_ -> left.read());
  }

  private static ProgramRun echo() {
    return ProgramRun.bundled("uart_echo", "uart_notifier");
  }

  private static ProgramRun demo() {
    return ProgramRun.bundled(
            "demo", "clock_server", "clock_notifier", "rps_server", "rps_player", "srr_echo")
        .arg("END", "stop");
  }

  @ParameterizedTest
  @EnumSource
  void aRunWithPipedInputReplaysAlike(TestEngine engine) throws Exception {
    Recorded recorded = record(echo(), engine.library(), piped("Mind the gap\004"), LIMITS);
    assertThat(recorded.seen.text()).contains("Mind the gap");
    assertReplaysAlike(recorded, engine.library());
  }

  @ParameterizedTest
  @EnumSource
  void aRunWithManyTasksReplaysAlike(TestEngine engine) throws Exception {
    assertReplaysAlike(record(demo(), engine.library(), piped(""), LIMITS), engine.library());
  }

  /** A peer on a thread of its own that types when it likes. */
  private static InputSource typist(long seed, int keys, ExternalInput last) {
    return new InputSource.Live((uart, gate) ->
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              SplittableRandom random = new SplittableRandom(seed);
              for (int i = 0; i < keys; i++) {
                LockSupport.parkNanos(random.nextInt(3_000_000));
                int burst = 1 + random.nextInt(40);
                for (int j = 0; j < burst; j++) {
                  gate.offer(new ExternalInput.SerialByte(uart, 'a' + random.nextInt(26)));
                }
              }
              LockSupport.parkNanos(30_000_000);
              gate.offer(last);
            }));
  }

  @ParameterizedTest
  @EnumSource
  void aRunWithALivePeerReplaysAlike(TestEngine engine) throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      InputSource peer = typist(seed, 100, new ExternalInput.SerialEnded(CONSOLE));
      Recorded recorded = record(echo(), engine.library(), peer, LIMITS);
      assertThat(recorded.result.end()).isEqualTo(new RunEnd.ByModel(new EndOfRun.Finished()));
      assertThat(recorded.seen.text()).hasSizeGreaterThan(500);
      assertReplaysAlike(recorded, engine.library());
    }
  }

  private static InputSource track(String faults) {
    return new InputSource.SimulatedTrains(
        TrainSetPlan.on(Layout.trackA())
            .train(24, "C13")
            .turnout(5, Position.CURVED)
            .faults(FaultPlan.parse("faults", "{\"faults\": [" + faults + "]}"))
            .seed(7)
            .plan());
  }

  @Test
  void aRunOnASimulatedTrackReplaysAlike() throws Exception {
    Engine engine = TestEngine.EMBEDDED.library();
    TrainScript script = new TrainScript().send(192, 96, 10, 24).poll(90);
    ProgramRun guest = ProgramRun.bundled("name_server").entry("train_script", script.elf());
    String faults = "{\"fault\": \"ghost-sensor\", \"sensor\": \"B16\", \"everySeconds\": 0.5}";
    Recorded recorded = record(guest, engine, track(faults), LIMITS);
    assertThat(recorded.result.end()).isEqualTo(new RunEnd.ByModel(new EndOfRun.Finished()));
    assertThat(recorded.seen.text()).hasSize(900).isNotEqualTo("\0".repeat(900));
    assertThat(recorded.seen.trace).anyMatch(event -> event.contains("SensorTriggered"));
    assertReplaysAlike(recorded, engine);
  }

  @Test
  void aRunThatTheUserEndsWhileTasksComputeReplaysAlike() throws Exception {
    Engine engine = TestEngine.EMBEDDED.library();
    InputSource peer = typist(5, 20, new ExternalInput.StopRequest());
    ProgramRun busy = ProgramRun.bundled("zoo_endless_yield");
    Recorded recorded = record(busy, engine, peer, LIMITS);
    assertThat(recorded.result.end()).isEqualTo(new RunEnd.Stopped());
    assertThat(replay(recorded.file(), engine).outcome)
        .isInstanceOfSatisfying(
            ReplayOutcome.Identical.class,
            same -> assertThat(same.result()).isEqualTo(recorded.result));
  }

  @Test
  void aRunOverItsLimitOfRealTimeReplaysAlike() throws Exception {
    Engine engine = TestEngine.EMBEDDED.library();
    RunLimits limits = new RunLimits(Long.MAX_VALUE, 200_000_000);
    Recorded recorded = record(ProgramRun.bundled("zoo_endless_loop"), engine, piped(""), limits);
    assertThat(recorded.result.end()).isEqualTo(new RunEnd.WallTimeout());
    assertReplaysAlike(recorded, engine);
  }

  /** A level that is detected at a pin, and stays, before the name server is loaded. */
  @Test
  void anInterruptThatStaysEndsAtTheLimitOfRealTimeAndReplaysAlike() throws Exception {
    Engine engine = TestEngine.EMBEDDED.library();
    RunLimits limits = new RunLimits(Long.MAX_VALUE, 200_000_000);
    ProgramRun storm =
        ProgramRun.bundled("name_server").entry("storm", GuestCode.storing(GPLEN0, 1 << 20));
    Recorded recorded = record(storm, engine, piped(""), limits);
    assertThat(recorded.result.end()).isEqualTo(new RunEnd.WallTimeout());
    assertReplaysAlike(recorded, engine);
  }

  /**
   * Five virtual milliseconds of it, after which the machine looks by itself, take many seconds.
   */
  @Test
  void slowGuestCodeEndsAtTheLimitOfRealTimeAndReplaysAlike() throws Exception {
    Engine engine = TestEngine.EMBEDDED.library();
    RunLimits limits = new RunLimits(Long.MAX_VALUE, 200_000_000);
    ProgramRun slow =
        ProgramRun.bundled("name_server").entry("slow", GuestCode.storingForEver(TIMER_COMPARE_3));
    Recorded recorded = record(slow, engine, piped(""), limits);
    assertThat(recorded.result.end()).isEqualTo(new RunEnd.WallTimeout());
    assertThat(recorded.result.at().nanos()).isLessThan(5_000_000);
    assertReplaysAlike(recorded, engine);
  }

  @Test
  void aRunWhosePipedInputNeverCameReplaysAlike() throws Exception {
    Engine engine = TestEngine.EMBEDDED.library();
    RunLimits limits = new RunLimits(Long.MAX_VALUE, 200_000_000);
    InputSource silent =
        new InputSource.Waiting(giveUp -> {
          while (!giveUp.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
          }
          return InputSource.Pull.GAVE_UP;
        });
    Recorded recorded = record(echo(), engine, silent, limits);
    assertThat(recorded.result.end()).isEqualTo(new RunEnd.WallTimeout());
    assertThat(recorded.result.at().nanos()).isLessThan(1_000_000_000);
    assertReplaysAlike(recorded, engine);
  }

  @Test
  void aRunToItsVirtualLimitReplaysAlike() throws Exception {
    Engine engine = TestEngine.EMBEDDED.library();
    RunLimits limits = new RunLimits(3_000_000, Long.MAX_VALUE);
    Recorded recorded = record(ProgramRun.bundled("zoo_endless_loop"), engine, piped(""), limits);
    assertThat(recorded.result.end()).isEqualTo(new RunEnd.VirtualTimeout());
    assertReplaysAlike(recorded, engine);
  }

  @Test
  void aRecordingThatWasCutReplaysToItsLastCheckPoint() throws Exception {
    Engine engine = TestEngine.EMBEDDED.library();
    ProgramRun clock = ProgramRun.bundled("clock_delays", "clock_server", "clock_notifier");
    Recorded recorded = record(clock, engine, piped(""), LIMITS);
    byte[] cut = Arrays.copyOf(recorded.file(), recorded.file().length - 200);
    Recording recording = Recording.read(new ByteArrayInputStream(cut));
    assertThat(recording.isComplete()).isFalse();
    Replayed replayed = replay(cut, engine);
    assertThat(replayed.outcome).isInstanceOf(ReplayOutcome.IdenticalUntilCut.class);
    assertThat(replayed.seen.trace).hasSizeGreaterThan(500);
    assertThat(recorded.seen.trace).startsWith(replayed.seen.trace.toArray(new String[0]));
    assertThat(recorded.seen.text()).startsWith(replayed.seen.text());
  }

  @Test
  void noDamageToAFileGoesUnseen() throws Exception {
    Recorded recorded =
        record(ProgramRun.bundled("hello"), TestEngine.EMBEDDED.library(), piped(""), LIMITS);
    byte[] file = recorded.file();
    for (int i = 0; i < file.length; i++) {
      byte[] damaged = file.clone();
      damaged[i] ^= (byte) (1 << (i % Byte.SIZE));
      assertThatThrownBy(() -> Recording.read(new ByteArrayInputStream(damaged)))
          .as("byte %d", i)
          .isInstanceOf(RecordingException.class);
    }
  }

  @Test
  void aFileCutAnywhereIsSeenToBeCut() throws Exception {
    Recorded recorded =
        record(ProgramRun.bundled("hello"), TestEngine.EMBEDDED.library(), piped(""), LIMITS);
    for (int length = 0; length < recorded.file().length; length++) {
      byte[] cut = Arrays.copyOf(recorded.file(), length);
      try {
        assertThat(Recording.read(new ByteArrayInputStream(cut)).isComplete()).isFalse();
      } catch (RecordingException refused) {
        assertThat(refused.getMessage()).containsAnyOf("cut off", "no recording");
      }
    }
  }

  @Test
  void anInputAtAnotherTimeIsADifference() throws Exception {
    Engine engine = TestEngine.EMBEDDED.library();
    InputSource peer = typist(9, 20, new ExternalInput.SerialEnded(CONSOLE));
    Recorded recorded = record(echo(), engine, peer, LIMITS);
    List<RecordingPart> parts = RecordingPart.of(recorded.file());
    RecordingPart log = parts.stream().filter(RecordingPart::isLog).findFirst().orElseThrow();
    log.flipLowestBitOfFirstInputTime();
    assertThat(replay(RecordingPart.file(parts), engine).outcome)
        .isInstanceOfSatisfying(
            ReplayOutcome.Different.class,
            different ->
                assertThat(different.difference().text())
                    .contains("the replay differs", "last events of the replay"));
  }

  @Test
  void anotherImageIsADifference() throws Exception {
    Engine engine = TestEngine.EMBEDDED.library();
    byte[] image = Images.bundled("hello");
    Recorded recorded = record(ProgramRun.bundled("hello"), engine, piped(""), LIMITS);
    String content = new String(image, StandardCharsets.ISO_8859_1);
    byte[] changed = content.replace("Hello, ", "Hallo, ").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(changed).isNotEqualTo(image);
    ProgramRun other = ProgramRun.bundled("name_server").entry("hello", changed);
    Recorded otherRecorded = record(other, engine, piped(""), LIMITS);
    assertThat(otherRecorded.seen.text()).startsWith("Hallo, ");
    List<RecordingPart> spliced = new ArrayList<>();
    RecordingPart.of(otherRecorded.file()).stream()
        .filter(RecordingPart::isSetup)
        .forEach(spliced::add);
    RecordingPart.of(recorded.file()).stream()
        .filter(part -> !part.isSetup())
        .forEach(spliced::add);
    Replayed replayed = replay(RecordingPart.file(spliced), engine);
    assertThat(replayed.outcome).isInstanceOf(ReplayOutcome.Different.class);
    String report = ((ReplayOutcome.Different) replayed.outcome).difference().text();
    assertThat(report).contains("the replay differs", "last events of the replay", "frame-sent");
  }

  @Test
  void whatTheGuestSentIsVisibleWhileItsPipedInputIsSlow() throws Exception {
    StringBuilder pending = new StringBuilder();
    StringBuilder visible = new StringBuilder();
    List<String> seenWhileWaiting = new ArrayList<>();
    OutputPort console =
        new OutputPort() {
          @Override
          public void put(int value) {
            pending.append((char) value);
          }

          @Override
          public void flush() {
            visible.append(pending);
            pending.setLength(0);
          }
        };
    var bytes = new ByteArrayInputStream("on the bell, then the whistle, then off".getBytes(UTF_8));
    InputSource.Pull slow =
        giveUp -> {
          int value = bytes.read();
          if (value < 0) {
            assertThat(giveUp.getAsBoolean()).isFalse();
            seenWhileWaiting.add(visible.toString());
          }
          return value;
        };
    var config =
        new MachineConfig(
            TestEngine.EMBEDDED.library(),
            echo().guest(),
            Map.of(CONSOLE, new UartAttachment(new InputSource.Waiting(slow), console)),
            new MachineConfig.Run(LIMITS, MachineConfig.Pacing.UNPACED),
            new MachineConfig.Listeners(new SilentTrace(), _ -> {}, (_, _) -> {}, InputLog.none()));
    try (Machine machine = new Machine(config)) {
      machine.run();
    }
    assertThat(seenWhileWaiting).singleElement().asString().startsWith("on the");
  }
}
