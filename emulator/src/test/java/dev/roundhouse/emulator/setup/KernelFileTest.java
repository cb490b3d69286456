package dev.roundhouse.emulator.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.image.KernelImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which ELF file a kernel8.img gets its names of. */
class KernelFileTest {
  private static final int FIRST_PAGE = 0x1000;

  @TempDir Path folder;

  private final List<String> notices = new ArrayList<>();
  private byte[] elf = {};
  private Path image = Path.of("");

  @BeforeEach
  void build() throws IOException {
    elf = new BundledFile(Path.of("kernels/mini.elf")).content();
    byte[] ofIt = new BundledFile(Path.of("kernels/mini.kernel8.img")).content();
    image = Files.write(folder.resolve("kernel8.img"), ofIt);
  }

  /** Of another build: one instruction is different. */
  private byte[] other() {
    byte[] other = elf.clone();
    other[FIRST_PAGE]++;
    return other;
  }

  private KernelImage read() throws UserError {
    return KernelFile.read(image, notices::add);
  }

  @Test
  void theOneBesideItThatLoadsTheSameBytes() throws IOException, UserError {
    Files.write(folder.resolve("zoo.elf"), elf);
    Files.write(folder.resolve("kernel.elf"), other());
    assertThat(read().symbols().size()).isPositive();
    assertThat(notices)
        .containsExactly(
            "names and lines are those of " + folder + "/zoo.elf, of which this is made");
  }

  @Test
  void oneOfAnotherBuildIsSaidToBeThat() throws IOException, UserError {
    Files.write(folder.resolve("kernel8.elf"), other());
    assertThat(read().symbols().size()).isZero();
    assertThat(notices).singleElement().asString().contains("kernel8.elf is of another build than");
  }

  @Test
  void theOneThatTheUserNames() throws IOException, UserError {
    Path named = Files.write(folder.resolve("build"), elf);
    assertThat(KernelFile.read(image, Optional.of(named), notices::add).symbols().size())
        .isPositive();
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> KernelFile.read(image, Optional.of(none), notices::add))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none: cannot be read");
    assertThatThrownBy(() -> KernelFile.read(image, Optional.of(image), notices::add))
        .isInstanceOf(UserError.class);
    assertThat(notices).isEmpty();
  }

  @Test
  void noneIsNoNews() throws UserError {
    assertThat(read().symbols().size()).isZero();
    assertThat(notices).isEmpty();
  }
}
