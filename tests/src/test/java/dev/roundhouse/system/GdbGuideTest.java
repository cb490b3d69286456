package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.cli.CommandInThisProcess;
import dev.roundhouse.cli.CommandInThisProcess.Outcome;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session with GDB of docs/debugging.md, in the real client. */
class GdbGuideTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern SESSION =
      Pattern.compile("```gdb\n(.*?)```.*?```text\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theSessionShowsWhatItSays() throws IOException, InterruptedException {
    HostCommand.needs("/usr/bin/make", "/usr/bin/aarch64-linux-gnu-gcc", "/usr/bin/gdb-multiarch");
    MatchResult session =
        SESSION.matcher(Files.readString(DOCS.resolve("debugging.md"))).results().findFirst().get();
    Path programs = programs();
    int port = freePort();
    CompletableFuture<Outcome> run =
        CompletableFuture.supplyAsync(() ->
            CommandInThisProcess.run(
                List.of(
                    "run",
                    programs.resolve("forgotten_reply.elf").toString(),
                    "--programs",
                    programs.toString(),
                    "--gdb",
                    Integer.toString(port),
                    "--wait"),
                ""));
    List<String> client =
        new ArrayList<>(
            List.of("/usr/bin/gdb-multiarch", "-nx", "-batch", "-ex", "target remote :" + port));
    session.group(1).lines().forEach(command -> client.addAll(List.of("-ex", command)));
    HostCommand.Ended ended = HostCommand.run(folder, client);
    for (String line : session.group(2).lines().toList()) {
      assertThat(ended.out().lines().toList())
          .as(ended.out() + ended.err())
          .anyMatch(seen ->
              seen.matches("..?" + Pattern.quote(line.strip()).replace("...", "\\E.*\\Q"))
                  || seen.matches(Pattern.quote(line).replace("...", "\\E.*\\Q")));
    }
    assertThat(ended.out())
        .contains("Breakpoint 1.2, ")
        .contains("received signal SIGABRT")
        .contains("forgotten_reply.c:23");
    assertThat(run.join().exitCode()).isEqualTo(5);
  }

  private Path programs() throws IOException, InterruptedException {
    Path project = folder.resolve("nights");
    assertThat(CommandInThisProcess.run(List.of("new", "c", project.toString()), "").exitCode())
        .isZero();
    String source = "forgotten_reply.c";
    Files.copy(DOCS.resolve("debugging").resolve(source), project.resolve("src").resolve(source));
    HostCommand.check(folder, List.of("/usr/bin/make", "-C", project.toString()));
    return project.resolve("build");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
