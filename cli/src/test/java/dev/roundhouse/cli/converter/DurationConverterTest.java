package dev.roundhouse.cli.converter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationConverterTest {
  @ParameterizedTest
  @CsvSource({"7ns, 7", "10us, 10000", "200ms, 200000000", "5s, 5000000000", "1m, 60000000000"})
  void eachUnitIsRead(String text, long nanos) {
    assertThat(new DurationConverter().convert(text).toNanos()).isEqualTo(nanos);
  }
}
