package dev.roundhouse.devices.train.box;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.trace.SilentTrace;
import org.junit.jupiter.api.Test;

/** The box at the far end of a board's UART3, driven by register writes alone. */
class BoxAtUartTest {
  private static final long UART3 = 0xFE201600L;
  private static final long DR = UART3;
  private static final long FR = UART3 + 0x18;
  private static final int RECEIVE_EMPTY = 1 << 4;
  private static final int ENABLED = 1 | 1 << 8 | 1 << 9;
  private static final int CTS_ENABLED = 1 << 15;

  private final BoxBench bench = BoxBench.steady();
  private final Bcm2711 board =
      Bcm2711.create(bench.clock, bench.agenda, new SilentTrace(), (where, what) -> {});

  private void enable(int control) {
    board.uart(3).attach(bench.box);
    bench.box.connect(board.uart(3));
    write(0x24, 1250);
    write(0x28, 0);
    write(0x2c, 0x60 | 1 << 3 | 1 << 4);
    write(0x30, control);
  }

  private void write(int offset, int value) {
    board.bus().write(UART3 + offset, 4, value);
  }

  @Test
  void withHardwareFlowControlAFullFifoReachesTheBoxByteByByte() {
    enable(ENABLED | CTS_ENABLED);
    for (int value : new int[] {96, 10, 24, 15, 58, 97}) {
      write(0, value);
    }
    bench.advance(200 * BoxBench.MILLI);
    assertThat(bench.acts)
        .containsExactly("power ON", "speed 24 10 OFF", "reverse 58 OFF", "power OFF");
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void withoutFlowControlBytesAreLost() {
    enable(ENABLED);
    for (int value : new int[] {96, 97, 96, 97}) {
      write(0, value);
    }
    bench.advance(200 * BoxBench.MILLI);
    assertThat(bench.acts).containsExactly("power ON", "power ON");
    assertThat(bench.warnings).isNotEmpty();
  }

  @Test
  void theAnswerComesBackThroughTheUart() {
    enable(ENABLED);
    bench.modules.pulse(1, 3);
    write(0, 193);
    bench.advance(100 * BoxBench.MILLI);
    assertThat(board.bus().read(DR, 4)).isEqualTo(0x20);
    assertThat(board.bus().read(DR, 4)).isZero();
    assertThat(board.bus().read(FR, 4) & RECEIVE_EMPTY).isNotZero();
  }
}
