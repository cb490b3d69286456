package dev.roundhouse.emulator.platform;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostPagesTest {
  private static final int PAGE = 1 << 16;

  @TempDir Path folder;

  @BeforeEach
  void needsMachineCode() {
    assumeTrue(LostPages.ofProcess().isPresent(), "no machine code for this host");
  }

  @Test
  void aPageThatIsGoneIsAnEmptyOneAndThatIsTold() throws IOException {
    Path file = file("file", 3);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = new HostMemory().reserve(5 * PAGE, arena);
      SharedPages pages = new HostMemory().share(file, memory.asSlice(PAGE, 3 * PAGE), arena);
      cut(file, PAGE);
      assertThat(memory.get(JAVA_BYTE, PAGE)).isEqualTo((byte) 'x');
      assertThat(pages.isCutShort()).isFalse();
      memory.set(JAVA_BYTE, 3 * PAGE, (byte) 'y');
      assertThat(pages.isCutShort()).isTrue();
      assertThat(memory.get(JAVA_BYTE, 3 * PAGE)).isEqualTo((byte) 'y');
      assertThat(memory.get(JAVA_BYTE, 2 * PAGE)).isZero();
      assertThat(memory.get(JAVA_BYTE, PAGE)).isEqualTo((byte) 'x');
    }
  }

  @Test
  void onlyTheFileThatWasCutIsTold() throws IOException {
    Path cut = file("cut", 1);
    Path whole = file("whole", 1);
    for (int i = 0; i < 200; i++) {
      try (Arena arena = Arena.ofShared()) {
        MemorySegment memory = new HostMemory().reserve(2 * PAGE, arena);
        SharedPages first = new HostMemory().share(whole, memory.asSlice(0, PAGE), arena);
        SharedPages second = new HostMemory().share(cut, memory.asSlice(PAGE, PAGE), arena);
        assertThat(memory.get(JAVA_BYTE, 0)).isEqualTo((byte) 'x');
        cut(cut, 0);
        assertThat(memory.get(JAVA_BYTE, PAGE)).isZero();
        assertThat(first.isCutShort()).isFalse();
        assertThat(second.isCutShort()).isTrue();
        cut(cut, PAGE);
      }
    }
  }

  private Path file(String name, int pages) throws IOException {
    byte[] content = new byte[pages * PAGE];
    Arrays.fill(content, (byte) 'x');
    return Files.write(folder.resolve(name), content);
  }

  private static void cut(Path path, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(bytes);
    }
  }
}
