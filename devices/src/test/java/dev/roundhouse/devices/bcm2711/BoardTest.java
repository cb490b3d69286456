package dev.roundhouse.devices.bcm2711;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.board.BoardLayout;
import org.junit.jupiter.api.Test;

/** The board as a machine sees it that does not know which one it is. */
class BoardTest {
  private static final int COMPARE_1 = 0x10;
  private static final int IMSC = 0x38;
  private static final int RECEIVE = 0x10;
  private static final int ISENABLER3 = 0x10C;
  private static final int ISENABLER4 = 0x110;

  private final TestBoard test = new TestBoard();
  private final Board board = test.board;
  private final BoardLayout layout = board.layout();

  private void write(long address, long value) {
    board.bus().write(address, Integer.BYTES, value);
  }

  @Test
  void theSourcesOfAnInterruptAreTold() {
    int timer = Bcm2711.SYSTEM_TIMER_INTERRUPT + 1;
    assertThat(board.mayStillInterrupt(timer, 0)).isFalse();
    write(layout.addresses().systemTimer() + COMPARE_1, 5);
    assertThat(board.mayStillInterrupt(timer, 0)).isTrue();
    int uart = Bcm2711.UART_INTERRUPT;
    board.line(2).attach(new FarEnd());
    write(layout.addresses().uart(2) + 0x24, 26);
    write(layout.addresses().uart(2) + 0x30, 0x301);
    write(layout.addresses().uart(2) + IMSC, RECEIVE);
    assertThat(board.mayStillInterrupt(uart, 2)).isTrue();
    assertThat(board.mayStillInterrupt(uart, 3)).isFalse();
  }

  @Test
  void onlyEnabledInterruptsMayStillCome() {
    write(layout.addresses().systemTimer() + COMPARE_1, 5);
    assertThat(board.mayStillInterrupt()).isFalse();
    write(layout.addresses().interruptDistributor() + ISENABLER3, 1 << 1);
    assertThat(board.mayStillInterrupt()).isTrue();
    write(layout.addresses().systemTimer() + COMPARE_1, 0);
    write(layout.addresses().interruptDistributor() + ISENABLER4, 1 << 25);
    assertThat(board.mayStillInterrupt()).isFalse();
  }

  @Test
  void linesHaveNumbersNamesAndLabels() {
    assertThat(layout.lines()).hasSize(8);
    assertThat(layout.line(6)).isEqualTo(new BoardLayout.Line(6, "sc0", "sc0"));
    for (BoardLayout.Line line : layout.lines()) {
      assertThat(board.line(line.number()).name()).isEqualTo(line.name());
    }
    assertThatThrownBy(() -> layout.line(8)).hasMessageContaining("8");
  }

  @Test
  void aResetGivesAnotherBoardOfTheSameKind() {
    Board next = board.reset();
    assertThat(next).isNotSameAs(board);
    assertThat(next.layout()).isEqualTo(layout);
    assertThat(next.rebootRequested()).isFalse();
  }
}
