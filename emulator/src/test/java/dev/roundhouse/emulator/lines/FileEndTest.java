package dev.roundhouse.emulator.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.process.HostFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEndTest {
  @TempDir Path folder;
  private final HostEnds ends = new HostEnds(line -> {}, HostEnds.Settings.PLAIN);

  @Test
  void outputReplacesWhatWasInTheFile() throws Exception {
    Path file = Files.writeString(folder.resolve("out"), "old and much longer");
    try (HostEnd end = ends.open(3, new LineTarget.ToFile(file))) {
      assertThat(end.attachment().input()).isInstanceOf(InputSource.Nothing.class);
      assertThat(end.isLive()).isFalse();
      Heard.send(end, "new\u00ff");
      assertThat(Files.readAllBytes(file)).containsExactly('n', 'e', 'w', 0xff);
      end.attachment().output().put('!');
    }
    assertThat(Files.readAllBytes(file)).containsExactly('n', 'e', 'w', 0xff, '!');
  }

  @Test
  void aFileThatCannotBeWrittenIsOneClearLine() {
    Path file = folder.resolve("missing/out");
    assertThatThrownBy(() -> ends.open(3, new LineTarget.ToFile(file)))
        .isInstanceOf(HostFailure.class)
        .hasMessage(
            "--uart 3=file:%s: cannot write there (no such file or folder);".formatted(file)
                + " give a file in a folder that you can write to");
  }

  @Test
  void theOtherEndOfNoneIsNobody() throws Exception {
    try (HostEnd end = ends.open(0, new LineTarget.None())) {
      assertThat(end.attachment().input()).isInstanceOf(InputSource.Nothing.class);
      Heard.send(end, "dropped");
    }
  }
}
