package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import org.junit.jupiter.api.Test;

/** The quadrature encoders. */
class EncoderTest {
  private static final long GPLEV = FakeBoard.GPIO + 0x34;
  private static final long GPEDS = FakeBoard.GPIO + 0x40;

  @Test
  void thereAreTwoEncoders() {
    TestKernel k = TestKernel.ready();
    assertThat(k.call(11, 4, 5).result()).isZero();
    assertThat(k.call(11, 6, 7).result()).isEqualTo(1);
    assertThat(k.call(11, 8, 9).result()).isEqualTo(-1);
  }

  @Test
  void settingUpAnEncoderMakesItsPinsInputsThatDetectEdges() {
    TestKernel k = TestKernel.ready();
    k.board.registers.put(FakeBoard.GPIO + 4, 0x3FFF_FFFFL);
    k.call(11, 14, 33);
    assertThat(k.board.register(FakeBoard.GPIO + 4)).isEqualTo(0x3FFF_FFFF & ~(7 << 12));
    assertThat(k.board.register(FakeBoard.GPIO + 0xE4)).isEqualTo(2L << 28);
    assertThat(k.board.register(FakeBoard.GPIO + 0xE4 + 8)).isEqualTo(2 << 2);
    assertThat(k.board.register(FakeBoard.GPIO + 0x4C)).isEqualTo(1 << 14);
    assertThat(k.board.register(FakeBoard.GPIO + 0x58 + 4)).isEqualTo(1 << 1);
  }

  @Test
  void aPinThatDoesNotExistCrashesTheKernel() {
    for (long pin : new long[] {64, -1, 1_000_000}) {
      TestKernel k = TestKernel.ready();
      k.call(11, 4, pin);
      assertThat(k.end())
          .isInstanceOfSatisfying(
              EndOfRun.KernelCrash.class,
              crash -> assertThat(crash.rule()).isEqualTo(Rule.BAD_PIN));
      assertThat(k.brokenRules()).containsExactly(Rule.BAD_PIN);
    }
    assertThat(TestKernel.ready().call(11, 63, 0).result()).isZero();
  }

  @Test
  void edgesAreCountedByDirectionAndReadingClears() {
    TestKernel k = TestKernel.ready();
    k.call(11, 4, 5);
    int[] forward = {0b10, 0b11, 0b01, 0b00};
    for (int phase : forward) {
      edge(k, phase);
    }
    assertThat(counts(k)).containsExactly(4, 0, 0, 0, 0);
    assertThat(counts(k)).containsExactly(0, 0, 0, 0, 0);
    int[] backward = {0b01, 0b11, 0b10, 0b00};
    for (int phase : backward) {
      edge(k, phase);
    }
    edge(k, 0b00);
    edge(k, 0b00);
    edge(k, 0b11);
    assertThat(counts(k)).containsExactly(0, 4, 2, 1, 0);
    assertThat(k.board.writes).contains("%x=10".formatted(GPEDS));
  }

  @Test
  void anEncoderStartsFromTheLevelsAtItsPins() {
    TestKernel k = TestKernel.ready();
    k.board.registers.put(GPLEV, 1L << 4 | 1 << 5);
    k.call(11, 4, 5);
    edge(k, 0b01);
    assertThat(counts(k)).containsExactly(1, 0, 0, 0, 0);
  }

  @Test
  void aPinMayBeInTheSecondWordOfLevels() {
    TestKernel k = TestKernel.ready();
    k.board.registers.put(GPLEV, 0xFFFF_FFEFL);
    k.board.registers.put(GPLEV + 4, 1L << 1);
    k.call(11, 4, 33);
    k.board.registers.put(GPLEV, 0xFFFF_FFFFL);
    k.board.registers.put(GPEDS, 1L << 4);
    k.board.pending.add(145);
    k.interrupt();
    assertThat(counts(k)).containsExactly(0, 1, 0, 0, 0);
  }

  @Test
  void edgesAtOtherPinsCountNothing() {
    TestKernel k = TestKernel.ready();
    k.call(11, 4, 5);
    k.board.registers.put(GPLEV, 1L << 4);
    k.board.registers.put(GPEDS, 1L << 27 | 1L << 28);
    k.board.pending.add(145);
    k.interrupt();
    assertThat(counts(k)).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void aBadIdGivesZeroAndStoresNothing() {
    TestKernel k = TestKernel.ready();
    for (long id : new long[] {0, 1, -1}) {
      k.memory.putLong(k.scratch(), 4711);
      assertThat(k.call(12, id, k.scratch()).result()).isZero();
      assertThat(k.memory.getLong(k.scratch())).isEqualTo(4711);
    }
  }

  /** An edge at pin 4 after which pins 4 and 5 have the levels of {@code phase}. */
  private static void edge(TestKernel k, int phase) {
    k.board.registers.put(GPLEV, (long) (phase >> 1) << 4 | (long) (phase & 1) << 5);
    k.board.registers.put(GPEDS, 1L << 4);
    k.board.pending.add(145);
    k.interrupt();
  }

  private static int[] counts(TestKernel k) {
    assertThat(k.call(12, 0, k.scratch()).result()).isZero();
    int[] counts = new int[5];
    for (int field = 0; field < counts.length; field++) {
      counts[field] = (int) k.memory.getLong(k.scratch() + 8L * field);
    }
    return counts;
  }
}
