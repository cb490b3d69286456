package dev.roundhouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.emulator.process.HostAbilities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrackCommandTest {
  private static final Pattern PORT = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)\n");

  @TempDir private Path folder;

  private static int port(Roundhouse track, Process process) throws Exception {
    while (process.isAlive()) {
      Matcher told = PORT.matcher(track.read("stderr"));
      if (told.find()) {
        return Integer.parseInt(told.group(1));
      }
      Thread.sleep(20);
    }
    throw new IOException("it has ended: " + track.read("stderr"));
  }

  @Test
  void aSetIsServedUntilASignalAndLeavesNothingBehind() throws Exception {
    String offer = HostAbilities.pseudoTerminals();
    assumeTrue(offer.startsWith("available"), "pseudo-terminals: " + offer);
    Path link = folder.resolve("marklin");
    Roundhouse track =
        new Roundhouse(
            folder,
            "track",
            "a",
            "--train",
            "24@C13",
            "--tcp",
            "0",
            "--pty",
            link.toString(),
            "--monitor",
            "-");
    Process process = track.start();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port(track, process))) {
      client.setSoTimeout(30_000);
      client.getOutputStream().write(new byte[] {97, 97, 96, 96, 10, 24, (byte) 193});
      assertThat(client.getInputStream().readNBytes(2)).hasSize(2);
    }
    while (process.isAlive() && !Files.isSymbolicLink(link)) {
      Thread.sleep(20);
    }
    process.destroy();
    Roundhouse.Result result = track.await(process).isTidy();
    assertThat(result.exitCode()).isEqualTo(143);
    assertThat(result.out()).contains("train 24: speed 10", "read module 1");
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void aLineIsShownToWhoeverTypesAndNothingOfAWrongOneIsSent() throws Exception {
    Roundhouse.Result shown =
        new Roundhouse(folder, "monitor", "--uart", "3=track:a", "--for", "300ms")
            .input("96 10 24\n97 fly 256\n0xc1")
            .run()
            .isTidy();
    assertThat(shown.exitCode()).isEqualTo(2);
    assertThat(shown.out().lines())
        .hasSize(6)
        .anyMatch(line -> line.endsWith("-> box  193  0xc1  read module 1"))
        .anyMatch(line -> line.endsWith("<- box    0  0x00  module 1, contacts 1 to 8: none"));
    assertThat(shown.err()).contains("line 2: 'fly' is no byte", "nothing of this line is sent");
  }

  @Test
  void thePortsAreListed() throws Exception {
    Roundhouse.Result ports = new Roundhouse(folder, "ports").run().isTidy();
    assertThat(ports.exitCode()).isZero();
    assertThat(ports.out() + ports.err()).isNotEmpty();
  }
}
