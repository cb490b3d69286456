package dev.roundhouse.emulator.input;

import static dev.roundhouse.devices.serial.SerialPeer.ENDED;
import static dev.roundhouse.devices.serial.SerialPeer.NONE_YET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roundhouse.devices.serial.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostLineTest {
  private static final int UART = 3;
  private int taken;
  private final List<Integer> pulled = new ArrayList<>();
  private final InputLog log =
      new InputLog() {
        @Override
        public void entered(long nanos, ExternalInput input) {
          throw new AssertionError("a line lets nothing in at a gate");
        }

        @Override
        public void pulled(int uart, int value) {
          assertThat(uart).isEqualTo(UART);
          pulled.add(value);
        }
      };

  private HostLine line(InputSource input, OutputPort output) {
    return new HostLine(
        UART,
        new UartAttachment(input, output),
        log,
        new HostLine.Run() {
          @Override
          public boolean isOver() {
            return false;
          }

          @Override
          public void byteTaken() {
            taken++;
          }
        });
  }

  @Test
  void aLineWithNobodyAtTheFarEndHasEnded() {
    HostLine line = line(new InputSource.Nothing(), OutputPort.none());
    assertThat(line.inputEnded()).isTrue();
    assertThat(line.nextFrame()).isEqualTo(ENDED);
  }

  @Test
  void waitingInputIsPulledByteByByteAndLogged() {
    Deque<Integer> file = new ArrayDeque<>(List.of(65, 255, ENDED));
    HostLine line = line(new InputSource.Waiting(giveUp -> file.remove()), OutputPort.none());
    assertThat(List.of(line.nextFrame(), line.nextFrame())).containsExactly(65, 255);
    assertThat(line.inputEnded()).isFalse();
    assertThat(line.nextFrame()).isEqualTo(ENDED);
    assertThat(line.inputEnded()).isTrue();
    assertThat(pulled).containsExactly(65, 255, ENDED);
  }

  @Test
  void anEndedFileIsNotAskedAgain() {
    Deque<Integer> file = new ArrayDeque<>(List.of(ENDED));
    HostLine line = line(new InputSource.Waiting(giveUp -> file.remove()), OutputPort.none());
    assertThat(List.of(line.nextFrame(), line.nextFrame())).containsExactly(ENDED, ENDED);
    assertThat(pulled).containsExactly(ENDED);
  }

  @Test
  void givingUpIsNoInputAndNoEnd() {
    HostLine line =
        line(new InputSource.Waiting(giveUp -> InputSource.Pull.GAVE_UP), OutputPort.none());
    assertThat(line.nextFrame()).isEqualTo(NONE_YET);
    assertThat(line.inputEnded()).isFalse();
    assertThat(pulled).isEmpty();
  }

  @Test
  void bytesOfALivePeerKeepTheirOrderHoweverManyWait() {
    HostLine line = line(new InputSource.Live((uart, gate) -> {}), OutputPort.none());
    assertThat(line.nextFrame()).isEqualTo(NONE_YET);
    int many = 5_000;
    for (int i = 0; i < many; i++) {
      line.enqueue(i & 0xff);
    }
    for (int i = 0; i < many; i++) {
      assertThat(line.nextFrame()).isEqualTo(i & 0xff);
    }
    assertThat(line.nextFrame()).isEqualTo(NONE_YET);
    assertThat(taken).isEqualTo(many);
  }

  @Test
  void aLivePeerThatEndsIsReadToItsLastByte() {
    HostLine line = line(new InputSource.Live((uart, gate) -> {}), OutputPort.none());
    line.enqueue(7);
    line.end();
    assertThat(line.inputEnded()).isFalse();
    assertThat(List.of(line.nextFrame(), line.nextFrame())).containsExactly(7, ENDED);
    assertThat(line.inputEnded()).isTrue();
  }

  @Test
  void whatTheUartSendsGoesToThePort() {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    HostLine line =
        line(
            new InputSource.Nothing(),
            new OutputPort() {
              @Override
              public void put(int value) {
                seen.write(value);
              }

              @Override
              public void flush() {
                seen.write('!');
              }
            });
    line.frameFromUart('h');
    line.frameFromUart('i');
    line.flush();
    assertThat(seen).hasToString("hi!");
  }

  @Test
  void aPortThatFailsNamesItsUart() {
    HostLine line =
        line(
            new InputSource.Nothing(),
            new OutputPort() {
              @Override
              public void put(int value) throws IOException {
                throw new IOException("disk full");
              }

              @Override
              public void flush() {}
            });
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> line.frameFromUart(1))
        .withMessage("UART3: disk full");
  }

  private HostLine byByte(List<Signal> seen) {
    HostLine line =
        line(new InputSource.Live((uart, gate) -> {}, Handshake.BY_BYTE), OutputPort.none());
    line.connect(seen::add);
    return line;
  }

  @Test
  void clearToSendIsWithdrawnAtTheEndOfAFrameUntilTheFarEndHasTakenIt() {
    List<Signal> seen = new ArrayList<>();
    HostLine line = byByte(seen);
    line.frameFromUart(10);
    assertThat(seen).containsExactly(Signal.ASSERTED, Signal.NEGATED);
    line.setClearToSend(Signal.ASSERTED, 1);
    assertThat(seen).endsWith(Signal.ASSERTED);
  }

  @Test
  void aFarEndThatHasNotTakenAllFramesIsNotClear() {
    List<Signal> seen = new ArrayList<>();
    HostLine line = byByte(seen);
    line.frameFromUart(10);
    line.frameFromUart(24);
    line.setClearToSend(Signal.ASSERTED, 1);
    assertThat(seen).endsWith(Signal.NEGATED);
    line.setClearToSend(Signal.ASSERTED, 2);
    assertThat(seen).endsWith(Signal.ASSERTED);
  }

  @Test
  void aFreshUartSeesTheLineAsItIs() {
    List<Signal> seen = new ArrayList<>();
    HostLine line = byByte(new ArrayList<>());
    line.setClearToSend(Signal.NEGATED, 0);
    line.connect(seen::add);
    assertThat(seen).containsExactly(Signal.NEGATED);
    assertThat(line.clearToSendMayChange()).isTrue();
  }

  @Test
  void aPeerWithoutHandshakeLeavesClearToSendAlone() {
    List<Signal> seen = new ArrayList<>();
    HostLine line = line(new InputSource.Live((uart, gate) -> {}), OutputPort.none());
    line.connect(seen::add);
    line.frameFromUart(10);
    assertThat(seen).isEmpty();
    assertThat(line.clearToSendMayChange()).isFalse();
  }
}
