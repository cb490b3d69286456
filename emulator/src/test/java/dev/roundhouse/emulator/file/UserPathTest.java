package dev.roundhouse.emulator.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UserPathTest {
  @Test
  void aPathIsRead() throws UserError {
    assertThat(UserPath.of("a/b")).isEqualTo(Path.of("a", "b"));
  }

  @Test
  void whatCannotBeAPathIsTold() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> UserPath.of("a\0b"))
        .withMessage("a\\x00b: that cannot be a path");
  }

  @Test
  void charactersThatTheLocaleLostAreBlamedOnIt() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> UserPath.of("??\0"))
        .withMessageEndingWith("cannot be a path in this locale; set LC_ALL=C.UTF-8");
  }
}
