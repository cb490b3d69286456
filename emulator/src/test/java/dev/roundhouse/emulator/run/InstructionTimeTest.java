package dev.roundhouse.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.emulator.cpu.Caching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionTimeTest {
  @ParameterizedTest
  @CsvSource({"30, 8", "1, 1", "2, 1", "100, 27", "1000, 267"})
  void cachedFetchesAreSlowerInTheProportionOfEightToThirty(long uncached, long fetchesCached) {
    InstructionTime time = new InstructionTime(uncached);
    assertThat(time.nanos(Caching.ALL)).isEqualTo(1);
    assertThat(time.nanos(Caching.INSTRUCTIONS)).isEqualTo(fetchesCached);
    assertThat(time.nanos(Caching.NOTHING)).isEqualTo(uncached);
  }

  @Test
  void noInstructionTakesNoTimeOrForEver() {
    assertThatThrownBy(() -> new InstructionTime(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new InstructionTime(1001))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
