package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.cli.layout.LayoutDifference;
import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.debuginfo.DebugInfo;
import dev.roundhouse.emulator.debuginfo.DebugInfoException;
import dev.roundhouse.emulator.debuginfo.StructLayout;
import dev.roundhouse.emulator.machine.Extras;
import dev.roundhouse.emulator.machine.SharedFile;
import dev.roundhouse.emulator.machine.SharedFileCutException;
import dev.roundhouse.kernel.report.EndOfRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory that programs share with the host; offsets are those of shared.h. */
class SharedMemoryTest {
  private static final long ADDRESS = 0x7E00_0000L;
  private static final int PAGE = 4096;
  private static final int STOP = 8;
  private static final int TO_GUEST = 64;
  private static final int RING = 2 * 64 + 1024;
  private static final int RING_BYTES = 2 * 64;
  private static final int TO_HOST = TO_GUEST + RING;
  private static final Path PROGRAMS =
      Path.of("../firmware-images/programs").toAbsolutePath().normalize();
  private static final Path IN_C = PROGRAMS.resolve("shared_memory");
  private static final Path IN_RUST = PROGRAMS.resolve("rust/src/shared_memory.rs");

  @TempDir private Path folder;

  private ProgramRun guest(String program, Path page, String beats) {
    SharedFile shared = new SharedFile(page, new AddressRange(ADDRESS, PAGE));
    return ProgramRun.bundled(program, "clock_server", "clock_notifier")
        .arg("BEATS", beats)
        .limit(Duration.ofHours(10))
        .extras(new Extras(List.of(), List.of(shared)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared_memory", "shared_memory_rust"})
  void whatIsInTheFileIsSeenByTheProgramAndTheOtherWayRound(String program) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);
    content.putInt(TO_GUEST, text.length).put(TO_GUEST + RING_BYTES, text);
    Path page = Files.write(folder.resolve("page"), content.array());
    GuestRecord run = guest(program, page, "5").runOn(TestEngine.EMBEDDED);
    assertThat(run.text()).isEqualTo(program + ": 5 bytes answered, nobody said stop\r\n");
    assertThat(run.violations()).isEmpty();
    ByteBuffer after = ByteBuffer.wrap(Files.readAllBytes(page)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(after.getLong(0)).isEqualTo(5);
    assertThat(after.getInt(TO_HOST)).isEqualTo(5);
    byte[] answer = new byte[text.length];
    after.get(TO_HOST + RING_BYTES, answer);
    assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HELLO");
  }

  /** The positions are about to begin at 0 again, and there is room for three answers. */
  @ParameterizedTest
  @ValueSource(strings = {"shared_memory", "shared_memory_rust"})
  void aFullRingKeepsTheQuestionsThatHaveNoRoomForTheirAnswers(String program) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    content.putInt(TO_GUEST, 8).putInt(TO_GUEST + RING_BYTES / 2, -2);
    content.putInt(TO_HOST, -1).putInt(TO_HOST + RING_BYTES / 2, -1 - 1021);
    Path page = Files.write(folder.resolve("page"), content.array());
    GuestRecord run = guest(program, page, "5").runOn(TestEngine.EMBEDDED);
    assertThat(run.text()).isEqualTo(program + ": 3 bytes answered, nobody said stop\r\n");
    ByteBuffer after = ByteBuffer.wrap(Files.readAllBytes(page)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(after.getInt(TO_GUEST + RING_BYTES / 2)).isEqualTo(1);
    assertThat(after.getInt(TO_HOST)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared_memory", "shared_memory_rust"})
  void theHostsWishToStopIsSeen(String program) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    content.putInt(STOP, 1);
    Path page = Files.write(folder.resolve("page"), content.array());
    GuestRecord run = guest(program, page, "5").runOn(TestEngine.EMBEDDED);
    assertThat(run.text()).isEqualTo(program + ": 0 bytes answered, stopped by the host\r\n");
  }

  /** The program looks at the page all the time, from the engine's own code. */
  @Test
  void aFileThatIsMadeShorterEndsTheRunAndNotTheProcess() throws Exception {
    Path page = Files.write(folder.resolve("page"), new byte[PAGE]);
    Thread other =
        Thread.startVirtualThread(() -> {
          try {
            await(page);
            Files.write(page, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThatThrownBy(() -> guest("shared_memory", page, "1000000").runOn(TestEngine.EMBEDDED))
        .isInstanceOf(SharedFileCutException.class)
        .hasMessageStartingWith(page + ": was made shorter while it was shared memory");
    other.join();
  }

  /** Waits for the first beat. */
  private static void await(Path page) throws IOException, InterruptedException {
    while (ByteBuffer.wrap(Files.readAllBytes(page)).getLong(0) == 0) {
      Thread.sleep(1);
    }
  }

  @Test
  void aProcessInCTalksToAProgramInC() throws IOException, InterruptedException {
    HostCommand.needsCompiler();
    Path host = folder.resolve("host");
    String source = IN_C.resolve("host.c").toString();
    HostCommand.check(
        folder, List.of(HostCommand.GCC, "-O2", "-Wall", "-Werror", "-o", host.toString(), source));
    talk("shared_memory", List.of(host.toString()));
  }

  @Test
  void aProcessInJavaTalksToAProgramInRust() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    talk("shared_memory_rust", List.of(java, IN_C.resolve("Host.java").toString()));
  }

  private void talk(String program, List<String> host) throws IOException, InterruptedException {
    Path page = Files.write(folder.resolve("page"), new byte[PAGE]);
    Path said = folder.resolve("said");
    Path complained = folder.resolve("complained");
    List<String> words = new ArrayList<>(host);
    words.add(page.toString());
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(said.toFile())
            .redirectError(complained.toFile())
            .start();
    try {
      GuestRecord run = guest(program, page, "1000000").runOn(TestEngine.EMBEDDED);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(complained).isEmptyFile();
      assertThat(process.exitValue()).isZero();
      assertThat(said).hasContent("its heart beats\nALL ABOARD\n");
      assertThat(run.text()).isEqualTo(program + ": 11 bytes answered, stopped by the host\r\n");
      assertThat(run.end()).isInstanceOf(EndOfRun.Finished.class);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theStructureIsTheSameInCAndInRust() throws Exception {
    HostCommand.needsCompiler();
    HostCommand.needs(HostCommand.RUSTC);
    StructLayout inC = layout(compiledC());
    assertThat(inC.size()).isEqualTo(TO_HOST + RING);
    assertThat(LayoutDifference.between(inC, layout(compiledRust()))).isEmpty();
  }

  private static StructLayout layout(Path file) throws IOException, DebugInfoException {
    List<StructLayout> found = DebugInfo.read(Files.readAllBytes(file)).structs("SharedMem");
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private Path compiledC() throws IOException, InterruptedException {
    Path source = folder.resolve("c.c");
    Path file = folder.resolve("c.so");
    Files.writeString(source, "#include \"shared.h\"\nSharedMem shared;\n");
    HostCommand.check(
        folder,
        List.of(
            HostCommand.GCC,
            "-g",
            "-shared",
            "-I" + IN_C,
            source.toString(),
            "-o",
            file.toString()));
    return file;
  }

  private Path compiledRust() throws IOException, InterruptedException {
    Path source = folder.resolve("r.rs");
    Path object = folder.resolve("r.o");
    Path file = folder.resolve("r.so");
    Files.writeString(
        source,
        """
        #![no_std]
        #[path = "%s"]
        pub mod shared_memory;
        #[no_mangle]
        pub fn look(shared: &shared_memory::SharedMem) -> bool { shared.to_host.put(1) }
        """
            .formatted(IN_RUST));
    HostCommand.check(
        folder,
        List.of(
            HostCommand.RUSTC,
            "--edition=2021",
            "--crate-type=lib",
            "--emit=obj",
            "-Cpanic=abort",
            "-g",
            source.toString(),
            "-o",
            object.toString()));
    HostCommand.check(
        folder,
        List.of(HostCommand.GCC, "-shared", "-nostdlib", object.toString(), "-o", file.toString()));
    return file;
  }
}
