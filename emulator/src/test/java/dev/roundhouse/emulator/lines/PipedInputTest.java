package dev.roundhouse.emulator.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.emulator.input.InputSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipedInputTest {
  private final List<String> notices = new ArrayList<>();

  @Test
  void allBytesComeInOrderAndThenTheEnd() {
    byte[] bytes = new byte[100_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    PipedInput input = new PipedInput(new ByteArrayInputStream(bytes), notices::add);
    for (byte expected : bytes) {
      assertThat(input.next(() -> false)).isEqualTo(expected & 0xff);
    }
    assertThat(input.next(() -> false)).isEqualTo(SerialPeer.ENDED);
    assertThat(input.next(() -> false)).isEqualTo(SerialPeer.ENDED);
  }

  @Test
  void nothingIsReadBeforeTheFirstByteIsWanted() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    InputStream stream =
        new InputStream() {
          @Override
          public int read() {
            return -1;
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            reads.incrementAndGet();
            return -1;
          }
        };
    PipedInput input = new PipedInput(stream, notices::add);
    Thread.sleep(50);
    assertThat(reads).hasValue(0);
    assertThat(input.next(() -> false)).isEqualTo(SerialPeer.ENDED);
    assertThat(reads).hasPositiveValue();
  }

  @Test
  void aWaitIsGivenUpWhenTheRunIsToEndAndGoesOnLater() throws Exception {
    try (PipedOutputStream producer = new PipedOutputStream()) {
      PipedInput input = new PipedInput(new PipedInputStream(producer), notices::add);
      assertThat(input.next(() -> true)).isEqualTo(InputSource.Pull.GAVE_UP);
      producer.write('k');
      producer.flush();
      assertThat(input.next(() -> false)).isEqualTo('k');
    }
  }

  @Test
  void aReadErrorIsSaidAndEndsTheInput() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("device unplugged");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    PipedInput input = new PipedInput(broken, notices::add);
    assertThat(input.next(() -> false)).isEqualTo(SerialPeer.ENDED);
    assertThat(notices).containsExactly("input cannot be read any further: device unplugged");
  }
}
