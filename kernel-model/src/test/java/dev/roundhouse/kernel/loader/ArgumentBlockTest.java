package dev.roundhouse.kernel.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentBlockTest {
  private static ArgumentBlock parse(String block) {
    return ArgumentBlock.parse(block.getBytes(StandardCharsets.US_ASCII));
  }

  private static ArgumentBlock block(String program, String... notTerminated) {
    return new ArgumentBlock(Optional.of(program), notTerminated.length == 0);
  }

  @Test
  void theProgramIsTheValueOfTheLastProgramKey() {
    assertThat(parse("PROGRAM\0a\0")).isEqualTo(block("a"));
    assertThat(parse("X\0PROGRAM\0PROGRAM\0b\0Y\0z\0")).isEqualTo(block("b"));
    assertThat(parse("PROGRAM\0a\0PROGRAM\0b\0")).isEqualTo(block("b"));
  }

  @Test
  void aBlockMayHaveNoProgram() {
    for (String text : new String[] {"", "\0", "\0\0", "X\0y\0", "PROGRAM\0\0", "program\0a\0"}) {
      assertThat(parse(text).program()).as(text).isEmpty();
    }
  }

  @Test
  void aMissingNulCountsAsTheEndAndIsTold() {
    assertThat(parse("PROGRAM\0child")).isEqualTo(block("child", "not terminated"));
    assertThat(parse("PROGRAM\0child\0X").isTerminated()).isFalse();
    assertThat(parse("PROGRAM").isTerminated()).isFalse();
    assertThat(parse("PROGRAM\0").isTerminated()).isFalse();
    assertThat(parse("PROGRAM\0\0").isTerminated()).isTrue();
    assertThat(parse("").isTerminated()).isTrue();
  }
}
