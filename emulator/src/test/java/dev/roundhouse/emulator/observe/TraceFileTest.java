package dev.roundhouse.emulator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraceFileTest {
  private static final Tid TID = new Tid(3);
  private static final UserBuffer BUFFER = new UserBuffer(0x4010_0000L, 16);

  private static String written(long nanos, TraceEvent event) {
    var out = new ByteArrayOutputStream();
    try (TraceFile trace = new TraceFile(out)) {
      trace.emit(nanos, event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Arguments call(Syscall call, String fields) {
    return Arguments.of(new KernelEvent.Called(TID, call), "'e':'call','tid':3,'call':" + fields);
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        call(new Syscall.Exit(), "'exit'"),
        call(new Syscall.Yield(), "'yield'"),
        call(
            new Syscall.Create(5, BUFFER),
            "'create','priority':5,'args':'0x40100000','args_bytes':16"),
        call(new Syscall.MyTid(), "'my_tid'"),
        call(new Syscall.MyParentTid(), "'my_parent_tid'"),
        call(
            new Syscall.Send(-1, BUFFER, new UserBuffer(-8, -1)),
            "'send','to':-1,'msg':'0x40100000','msg_bytes':16,"
                + "'reply':'0xfffffffffffffff8','reply_bytes':-1"),
        call(
            new Syscall.Receive(0x10, BUFFER),
            "'recv','tid_at':'0x10','buf':'0x40100000','buf_bytes':16"),
        call(new Syscall.Reply(2, BUFFER), "'reply','to':2,'msg':'0x40100000','msg_bytes':16"),
        call(new Syscall.AwaitEvent(new EventId(0x610001)), "'await_event','event':6356993"),
        call(new Syscall.MapMemory(0x20, 4096), "'mmap','at':'0x20','bytes':4096"),
        call(new Syscall.SystemHealth(0x20), "'sys_health','at':'0x20'"),
        call(new Syscall.EncoderInit(4, 5), "'quadrature_encoder_init','a':4,'b':5"),
        call(new Syscall.EncoderGet(1, 0x20), "'quadrature_encoder_get','id':1,'at':'0x20'"),
        call(
            new Syscall.PrintRaw(0x20, Integer.MIN_VALUE),
            "'print_raw','at':'0x20','bytes':-2147483648"),
        call(new Syscall.Quit(), "'quit'"));
  }

  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of(new KernelEvent.Interrupted(TID), "'e':'interrupted','tid':3"),
        Arguments.of(new KernelEvent.InterruptServed(97), "'e':'interrupt','id':97"),
        Arguments.of(
            new KernelEvent.Created(TID, new Tid(1), 7),
            "'e':'created','tid':3,'parent':1,'priority':7"),
        Arguments.of(
            new KernelEvent.Loaded(TID, "a\"\\\n\u00e9", new AddressRange(0x1000, 0x100)),
            "'e':'loaded','tid':3,'program':'a\\\"\\\\\\n\u00e9',"
                + "'start':'0x1000','end':'0x1100'"),
        Arguments.of(
            new KernelEvent.BecameReady(TID, Long.MIN_VALUE),
            "'e':'ready','tid':3,'result':-9223372036854775808"),
        Arguments.of(
            new KernelEvent.SendBlocked(TID, new Tid(4)), "'e':'send-blocked','tid':3,'to':4"),
        Arguments.of(new KernelEvent.ReceiveBlocked(TID), "'e':'receive-blocked','tid':3"),
        Arguments.of(
            new KernelEvent.ReplyBlocked(TID, new Tid(4)), "'e':'reply-blocked','tid':3,'by':4"),
        Arguments.of(new KernelEvent.EventBlocked(TID, 9), "'e':'event-blocked','tid':3,'event':9"),
        Arguments.of(new KernelEvent.Lost(TID), "'e':'lost','tid':3"),
        Arguments.of(new KernelEvent.Exited(TID), "'e':'exited','tid':3"),
        Arguments.of(new KernelEvent.Dispatched(TID), "'e':'dispatched','tid':3"),
        Arguments.of(KernelEvent.Idle.INSTANCE, "'e':'idle'"),
        Arguments.of(
            new DeviceEvent.FrameSent("UART2", 65), "'e':'frame-sent','uart':'UART2','value':65"),
        Arguments.of(
            new DeviceEvent.FrameReceived("UART2", 0x441),
            "'e':'frame-received','uart':'UART2','data':1089"),
        Arguments.of(
            new DeviceEvent.ReceiveOverrun("UART2", 65),
            "'e':'receive-overrun','uart':'UART2','value':65"),
        Arguments.of(
            new DeviceEvent.CanFrameSent("can0", "123#11"),
            "'e':'can-frame','station':'can0','frame':'123#11'"),
        Arguments.of(
            new DeviceEvent.CanFrameFailed("can0", "123#11", "no acknowledge"),
            "'e':'can-frame-failed','station':'can0','frame':'123#11','result':'no acknowledge'"),
        Arguments.of(
            new DeviceEvent.TimerMatched(1, -1),
            "'e':'timer-matched','compare':1,'counter':4294967295"),
        Arguments.of(
            new DeviceEvent.InterruptAcknowledged(97), "'e':'interrupt-acknowledged','id':97"),
        Arguments.of(new DeviceEvent.InterruptEnded(97), "'e':'interrupt-ended','id':97"),
        Arguments.of(new DeviceEvent.RebootRequested(), "'e':'reboot-requested'"));
  }

  @ParameterizedTest
  @MethodSource({"calls", "events"})
  void eachEventIsOneLineWithItsFieldsInOrder(TraceEvent event, String fields) {
    assertThat(written(1_234_567_890, event))
        .isEqualTo("{\"t\":1234567890," + fields.replace('\'', '"') + "}\n");
  }

  @Test
  void aLongTraceIsWrittenWholeAndInOrder() throws IOException {
    var out = new ByteArrayOutputStream();
    try (TraceFile trace = new TraceFile(out)) {
      for (int nth = 0; nth < 20_000; nth++) {
        trace.emit(nth, new KernelEvent.Dispatched(new Tid(nth)));
      }
    }
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\n", -1);
    assertThat(lines).hasSize(20_001);
    for (int nth = 0; nth < 20_000; nth++) {
      assertThat(lines[nth])
          .isEqualTo("{\"t\":%d,\"e\":\"dispatched\",\"tid\":%d}".formatted(nth, nth));
    }
  }

  @Test
  void aFullDiskIsToldInOneLine() {
    TraceFile trace =
        new TraceFile(
            new OutputStream() {
              @Override
              public void write(int value) throws IOException {
                throw new IOException("No space left on device");
              }
            });
    assertThatThrownBy(
            () -> {
              for (int nth = 0; nth < 20_000; nth++) {
                trace.emit(nth, KernelEvent.Idle.INSTANCE);
              }
            })
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the trace cannot be written: No space left on device");
  }

  @Test
  void theLineOfTheSourceComesLastWhereItIsWanted() throws IOException {
    var out = new ByteArrayOutputStream();
    try (TraceFile trace = new TraceFile(out)) {
      trace.tell(event ->
          event instanceof KernelEvent.Called ? Optional.of("a.c:7 in wait") : Optional.empty());
      trace.emit(1, new KernelEvent.Called(TID, new Syscall.Yield()));
      trace.emit(2, new KernelEvent.Exited(TID));
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"t":1,"e":"call","tid":3,"call":"yield","source":"a.c:7 in wait"}
            {"t":2,"e":"exited","tid":3}
            """);
  }
}
