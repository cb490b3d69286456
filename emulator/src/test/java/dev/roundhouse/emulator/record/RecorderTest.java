package dev.roundhouse.emulator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.run.RunResult;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A recorder without a machine: what happens is told to it as a machine would. */
class RecorderTest {
  private static final RecordedNotes NOTES = new RecordedNotes(2, "none");
  private static final DeviceEvent.FrameSent FRAME = new DeviceEvent.FrameSent("UART2", 'x');

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  private static MachineConfig config() {
    return new MachineConfig(
        ram -> {
          throw new IllegalStateException("no machine is made here");
        },
        new Guest.Programs(
            AbiProfile.trainsOs(), new ProgramCatalog(Map.of()), List.of(), Strictness.TOLERANT),
        Map.of(),
        new MachineConfig.Run(RunLimits.NONE, MachineConfig.Pacing.UNPACED),
        new MachineConfig.Listeners(new SilentTrace(), _ -> {}, (_, _) -> {}, InputLog.none()));
  }

  private Recording soFar() throws IOException, RecordingException {
    return Recording.read(new ByteArrayInputStream(file.toByteArray()));
  }

  private static void lookUp(Recorder recorder) throws IOException {
    for (UartAttachment line : recorder.config().lines().values()) {
      OutputPort output = line.output();
      output.flush();
    }
  }

  @Test
  void whatComesInIsWrittenAtTheNextLook() throws Exception {
    try (Recorder recorder = Recorder.start(config(), NOTES, file)) {
      recorder.config().listeners().trace().emit(7_000, FRAME);
      recorder.config().listeners().input().entered(8_000, new ExternalInput.SerialByte(0, 'k'));
      lookUp(recorder);
      assertThat(soFar().until()).isEqualTo(new VirtualTime(8_000));
    }
  }

  @Test
  void aRunThatRestsIsWrittenUpToThere() throws Exception {
    try (Recorder recorder = Recorder.start(config(), NOTES, file)) {
      recorder.config().listeners().trace().emit(7_000, FRAME);
      lookUp(recorder);
      assertThatThrownBy(this::soFar).hasMessageContaining("before its first check point");
      lookUp(recorder);
      assertThat(soFar().until()).isEqualTo(new VirtualTime(7_000));
      int size = file.size();
      lookUp(recorder);
      assertThat(file.size()).isEqualTo(size);
    }
  }

  @Test
  void aRunThatNeverRestsIsWrittenEach100Milliseconds() throws Exception {
    try (Recorder recorder = Recorder.start(config(), NOTES, file)) {
      TraceSink trace = recorder.config().listeners().trace();
      for (long micros = 0; micros <= 350_000; micros += 500) {
        trace.emit(1_000 * micros, FRAME);
        lookUp(recorder);
      }
      assertThat(soFar().log().checkPoints())
          .extracting(CheckPoint::nanos)
          .containsExactly(100_000_000L, 200_000_000L, 300_000_000L);
    }
  }

  @Test
  void inputIsKeptWithItsTimes() throws Exception {
    try (Recorder recorder = Recorder.start(config(), NOTES, file)) {
      InputLog input = recorder.config().listeners().input();
      input.entered(5, new ExternalInput.SerialByte(2, 0xff));
      input.pulled(3, 'p');
      input.entered(5, new ExternalInput.SerialEnded(2));
      input.pulled(3, -1);
      input.entered(1_000_000, new ExternalInput.StopRequest());
      recorder.finish(new RunResult(new RunEnd.Stopped(), new VirtualTime(1_000_000), 12, 3));
    }
    Recording recording = soFar();
    assertThat(recording.isComplete()).isTrue();
    assertThat(recording.log().entered())
        .extracting(Object::toString)
        .containsExactly(
            "Stamped[nanos=5, input=SerialByte[uart=2, value=255]]",
            "Stamped[nanos=5, input=SerialEnded[uart=2]]",
            "Stamped[nanos=1000000, input=StopRequest[]]");
    var pulled = recording.log().pulled(3).source();
    assertThat(pulled.next(() -> false)).isEqualTo('p');
    assertThat(pulled.next(() -> false)).isEqualTo(-1);
    assertThat(recording.ending().orElseThrow().last().events()).isEqualTo(5);
  }

  @Test
  void eventsThatDifferInAnyFieldHaveAnotherDigest() {
    List<TraceEvent> events =
        List.of(
            FRAME,
            new DeviceEvent.FrameSent("UART2", 'y'),
            new DeviceEvent.FrameSent("UART3", 'x'),
            new DeviceEvent.FrameReceived("UART2", 'x'),
            new DeviceEvent.TimerMatched(1, 2),
            new DeviceEvent.TimerMatched(2, 1),
            new DeviceEvent.InterruptAcknowledged(97),
            new DeviceEvent.InterruptEnded(97),
            new KernelEvent.Called(new Tid(1), new Syscall.Reply(2, new UserBuffer(0, 4))),
            new KernelEvent.Called(new Tid(1), new Syscall.Reply(2, new UserBuffer(4, 0))),
            new KernelEvent.Called(new Tid(1), new Syscall.PrintRaw(0, 4)),
            new KernelEvent.Loaded(new Tid(1), "a", new AddressRange(16, 16)),
            new KernelEvent.Loaded(new Tid(1), "a", new AddressRange(16, 32)),
            new TrainEvent.TurnoutThrown(5, Position.CURVED),
            new TrainEvent.TurnoutThrown(5, Position.STRAIGHT),
            new TrainEvent.TrainsCollided(24, 58, "C13"),
            new TrainEvent.TrainsCollided(58, 24, "C13"));
    assertThat(events).extracting(event -> digestOf(1, event)).doesNotHaveDuplicates();
    assertThat(digestOf(2, FRAME)).isNotEqualTo(digestOf(1, FRAME));
  }

  /** A recording of today must replay in another JVM, and with the next version. */
  @Test
  void theDigestIsTheSameInEachJvm() {
    assertThat(Long.toHexString(digestOf(1, FRAME))).isEqualTo("3badb016dad529d0");
  }

  private static long digestOf(long nanos, TraceEvent event) {
    EventDigest digest = new EventDigest();
    digest.add(nanos, event);
    return digest.now().digest();
  }

  @Test
  void aStreamThatIsFullEndsTheRunWithAReason() throws Exception {
    var full =
        new ByteArrayOutputStream() {
          private boolean isFull;

          @Override
          public void flush() throws IOException {
            if (isFull) {
              throw new IOException("no space left");
            }
            isFull = true;
          }
        };
    try (Recorder recorder = Recorder.start(config(), NOTES, full)) {
      TraceSink trace = recorder.config().listeners().trace();
      assertThatThrownBy(() -> trace.emit(100_000_000, FRAME))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("the recording cannot be written: no space left");
    }
  }
}
