package dev.roundhouse.emulator.unicorn.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlignmentControlTest {
  private static final long MMU = 1;
  private static final long ALIGNMENT = 1 << 1;
  private static final long STACK = 1 << 3;
  private static final long STACK_EL0 = 1 << 4;
  private static final long CLEAR_EL0 = 1 << 14;
  private static final long DEFAULT_CACHEABLE = 1 << 12;

  @Test
  void allIsCheckedWhileTheMmuIsOff() {
    assertThat(AlignmentControl.of(1, 0, 0).checksAll()).isTrue();
    assertThat(AlignmentControl.of(1, MMU, 0).checksAll()).isFalse();
    assertThat(AlignmentControl.of(2, MMU | ALIGNMENT, 0).checksAll()).isTrue();
  }

  @Test
  void aHypervisorMayMakeTheGuestsMemoryCacheable() {
    assertThat(AlignmentControl.of(1, 0, DEFAULT_CACHEABLE).isUncached()).isFalse();
    assertThat(AlignmentControl.of(2, 0, DEFAULT_CACHEABLE).isUncached()).isTrue();
  }

  @Test
  void el0HasABitOfItsOwnForItsStack() {
    assertThat(AlignmentControl.of(0, MMU | STACK, 0).checksStack()).isFalse();
    assertThat(AlignmentControl.of(0, MMU | STACK_EL0, 0).checksStack()).isTrue();
    assertThat(AlignmentControl.of(1, MMU | STACK, 0).checksStack()).isTrue();
  }

  @Test
  void clearingAtEl0MayBeTrapped() {
    assertThat(AlignmentControl.of(0, MMU, 0).mayClear()).isFalse();
    assertThat(AlignmentControl.of(0, MMU | CLEAR_EL0, 0).mayClear()).isTrue();
    assertThat(AlignmentControl.of(1, MMU, 0).mayClear()).isTrue();
  }
}
