package dev.roundhouse.devices.bcm2711;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.trace.DeviceEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bcm2711Test {
  private static final long PM = 0xFE100000L;
  private static final long RSTC = PM + 0x1C;
  private static final long WDOG = PM + 0x24;
  private static final long PACTL_CS = 0xFE204E00L;

  private final TestBoard test = new TestBoard();

  @Test
  void theFiveUartsShareOneInterrupt() {
    for (int n : Bcm2711.UARTS) {
      long uart = 0xFE201000L + 0x200L * n;
      test.write(uart + 0x24, 1);
      test.write(uart + 0x2C, 0x60);
      test.write(uart + 0x30, 0x301);
      test.write(uart + 0x38, 0x20);
      test.write(uart, 'x');
    }
    long spisr = 0xFF841D04L + 3 * 4;
    for (int n : Bcm2711.UARTS) {
      assertThat(test.read(spisr)).isEqualTo(1 << 25);
      test.write(0xFE201000L + 0x200L * n + 0x44, 0x20);
    }
    assertThat(test.read(spisr)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 20", "2, 19", "3, 18", "4, 17", "5, 16"})
  void whichUartAsksForTheInterruptIsInPactl(int number, int bit) {
    long imsc = 0xFE201000L + number * 0x200L + 0x38;
    long icr = imsc + 0xC;
    assertThat(test.read(PACTL_CS)).isZero();
    test.board.uart(number).setCts(Signal.NEGATED);
    assertThat(test.read(PACTL_CS)).isZero();
    test.write(imsc, 2);
    assertThat(test.read(PACTL_CS)).isEqualTo(1 << bit);
    test.write(PACTL_CS, 0);
    assertThat(test.read(PACTL_CS)).isEqualTo(1 << bit);
    test.write(icr, 2);
    assertThat(test.read(PACTL_CS)).isZero();
    assertThat(test.warnings).isEmpty();
  }

  @Test
  void thereIsNoPl011WithNumberOneOrSix() {
    assertThat(test.board.uart(3).name()).isEqualTo("UART3");
    assertThatThrownBy(() -> test.board.uart(1)).hasMessageContaining("UART1");
    assertThatThrownBy(() -> test.board.uart(6)).hasMessageContaining("UART6");
    assertThatThrownBy(() -> test.board.uart(-1)).hasMessageContaining("UART-1");
  }

  @Test
  void theWatchdogReboots() {
    test.write(WDOG, 0x5A000001);
    test.write(RSTC, 0x5A000020);
    assertThat(test.board.watchdog().rebootRequested()).isFalse();
    test.advance(1_000_000_000L / 65_536 + 1);
    assertThat(test.board.watchdog().rebootRequested()).isTrue();
    assertThat(test.events).contains(new DeviceEvent.RebootRequested());
  }

  @Test
  void theWatchdogIgnoresWritesWithoutPassword() {
    test.write(WDOG, 1);
    test.write(RSTC, 0x20);
    test.advance(1_000_000_000L);
    assertThat(test.board.watchdog().rebootRequested()).isFalse();
  }

  @Test
  void theWatchdogCountsDownAndCanBeLoadedAgain() {
    test.write(WDOG, 0x5A010000);
    test.write(RSTC, 0x5A000020);
    test.advance(500_000_000L);
    assertThat(test.read(WDOG)).isEqualTo(0x8000);
    test.write(WDOG, 0x5A010000);
    test.advance(900_000_000L);
    assertThat(test.board.watchdog().rebootRequested()).isFalse();
    test.write(RSTC, 0x5A000000);
    test.advance(900_000_000L);
    assertThat(test.board.watchdog().rebootRequested()).isFalse();
  }

  @Test
  void eachSerialLineHasItsNumberAndName() {
    assertThat(Cables.SERIAL.stream().map(n -> test.board.line(n).name()))
        .containsExactly("UART0", "UART1", "UART2", "UART3", "UART4", "UART5", "sc0", "sc1");
    assertThat(Cables.SERIAL.stream().map(Cables::label))
        .containsExactly("0", "1", "2", "3", "4", "5", "sc0", "sc1");
    assertThatThrownBy(() -> test.board.line(8)).hasMessageContaining("8");
    assertThatThrownBy(() -> test.board.line(-1)).hasMessageContaining("-1");
  }

  @Test
  void aUnitOfTheAuxiliaryBlockThatIsNotEnabledWarnsOnce() {
    test.write(0xFE215080L, 1);
    assertThat(test.read(0xFE215080L)).isZero();
    assertThat(test.read(0xFE215054L)).isZero();
    assertThat(test.warnings)
        .satisfiesExactly(
            warning -> assertThat(warning).contains("AUX_SPI1_CNTL0", "AUX_ENABLES"),
            warning -> assertThat(warning).contains("AUX_MU_LSR", "AUX_ENABLES"));
  }

  @Test
  void aTestExitTakesItsKeyOnly() {
    List<Integer> codes = new ArrayList<>();
    test.board.testExit().whenAsked(codes::add);
    test.write(0xFC000000L, 7);
    test.write(0xFC000000L, 0x7E570100);
    test.write(0xFC000000L, 0x7E5700FE);
    assertThat(codes).containsExactly(0xFE);
    assertThat(test.read(0xFC000000L)).isEqualTo(0x7E570000);
  }

  @Test
  void everyAddressOfDeviceSpaceTakesEveryWidthWithoutThrowing() {
    for (long address = 0xFE000000L;
        address < 0xFF848000L;
        address += address % 0x800 < 0x60 ? 1 : 0xB5) {
      for (int bytes = 1; bytes <= 8; bytes *= 2) {
        test.board.bus().write(address, bytes, 0x5AA5_5AA5_0FF0_0FF0L);
        test.board.bus().read(address, bytes);
      }
    }
    test.advance(10_000_000);
    assertThat(test.warnings.size()).isBetween(64, 4000);
  }
}
