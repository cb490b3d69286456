package dev.roundhouse.emulator.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTargetTest {
  @Test
  void eachKindIsRead() {
    assertThat(LineTarget.parse("none")).isEqualTo(new LineTarget.None());
    assertThat(LineTarget.parse("pty")).isEqualTo(new LineTarget.Pty());
    assertThat(LineTarget.parse("tcp:4000")).isEqualTo(new LineTarget.Tcp(4000));
    assertThat(LineTarget.parse("file:a:b")).isEqualTo(new LineTarget.ToFile(Path.of("a:b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "file:", "file:a\0b", "tcp:", "tcp:-1", "tcp:65536", "tcp:x", "PTY", "serial"})
  void anythingElseIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> LineTarget.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotEmpty()
        .doesNotContain("\n");
  }
}
