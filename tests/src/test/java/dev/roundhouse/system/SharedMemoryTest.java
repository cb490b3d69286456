package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.emulator.machine.Outfit;
import dev.roundhouse.emulator.machine.SharedFile;
import dev.roundhouse.kernel.report.EndOfRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory that a program shares with the host; offsets are those of shared.h. */
class SharedMemoryTest {
  private static final long ADDRESS = 0x7E00_0000L;
  private static final int PAGE = 4096;
  private static final int STOP = 8;
  private static final int TO_GUEST = 64;
  private static final int RING = 2 * 64 + 1024;
  private static final int RING_BYTES = 2 * 64;
  private static final int TO_HOST = TO_GUEST + RING;
  private static final Path HOST =
      Path.of("../firmware-images/programs/shared_memory/host.c").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private Guest guest(Path page, String beats) {
    SharedFile shared = new SharedFile(page, new AddressRange(ADDRESS, PAGE));
    return Guest.bundled("shared_memory", "clock_server", "clock_notifier")
        .arg("BEATS", beats)
        .limit(Duration.ofHours(10))
        .outfit(new Outfit(List.of(), List.of(shared)));
  }

  @Test
  void whatIsInTheFileIsSeenByTheProgramAndTheOtherWayRound() throws IOException {
    ByteBuffer content = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);
    content.putInt(TO_GUEST, text.length).put(TO_GUEST + RING_BYTES, text);
    Path page = Files.write(folder.resolve("page"), content.array());
    GuestRecord run = guest(page, "5").runOn(TestEngine.EMBEDDED);
    assertThat(run.text()).isEqualTo("shared_memory: 5 bytes answered, nobody said stop\r\n");
    assertThat(run.violations()).isEmpty();
    ByteBuffer after = ByteBuffer.wrap(Files.readAllBytes(page)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(after.getLong(0)).isEqualTo(5);
    assertThat(after.getInt(TO_HOST)).isEqualTo(5);
    byte[] answer = new byte[text.length];
    after.get(TO_HOST + RING_BYTES, answer);
    assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HELLO");
  }

  @Test
  void theHostsWishToStopIsSeen() throws IOException {
    ByteBuffer content = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    content.putInt(STOP, 1);
    Path page = Files.write(folder.resolve("page"), content.array());
    GuestRecord run = guest(page, "5").runOn(TestEngine.EMBEDDED);
    assertThat(run.text()).isEqualTo("shared_memory: 0 bytes answered, stopped by the host\r\n");
  }

  @Test
  void aProcessOfTheHostTalksToAProgramThatRuns() throws IOException, InterruptedException {
    HostCommand.needsCompiler();
    Path host = folder.resolve("host");
    HostCommand.check(
        folder,
        List.of(
            HostCommand.GCC, "-O2", "-Wall", "-Werror", "-o", host.toString(), HOST.toString()));
    Path page = Files.write(folder.resolve("page"), new byte[PAGE]);
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(host.toString(), page.toString()).redirectOutput(said.toFile()).start();
    try {
      GuestRecord run = guest(page, "1000000").runOn(TestEngine.EMBEDDED);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(said).hasContent("its heart beats\nALL ABOARD\n");
      assertThat(run.text()).isEqualTo("shared_memory: 11 bytes answered, stopped by the host\r\n");
      assertThat(run.end()).isInstanceOf(EndOfRun.Finished.class);
    } finally {
      process.destroyForcibly();
    }
  }
}
