package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.emulator.debugger.Debugger;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.Replay;
import dev.roundhouse.emulator.record.ReplayOutcome;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.run.RunResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A debugger stops a run where it wants, sees and changes it, and else changes nothing of it. */
class DebuggedRunTest {
  private static final int STEPS = 1500;
  private static final int BREAKS = 60;
  private static final Pattern PORT = Pattern.compile(":(\\d+)'$");
  private static final Pattern MAIN_BIAS = Pattern.compile("TextSeg=(\\p{XDigit}+)");

  private static ProgramRun system() {
    return ProgramRun.bundled("rps", "rps_server", "rps_player");
  }

  static Function<Machine, RunResult> visitedBy(
      Debugger.Access access, Consumer<GdbClient> visitor) {
    return machine -> {
      List<String> said = new ArrayList<>();
      var terms = new Debugger.Terms(Debugger.Start.ATTACHED, access, _ -> 0);
      try (Debugger debugger = Debugger.listen(0, terms, said::add)) {
        int port = port(said.getFirst());
        var visit =
            CompletableFuture.runAsync(() -> {
              try (GdbClient client = new GdbClient(port)) {
                visitor.accept(client);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
        RunResult result = debugger.run(machine);
        visit.join();
        return result;
      } catch (HostFailure e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static int port(String notice) {
    Matcher port = PORT.matcher(notice);
    assertThat(port.find()).isTrue();
    return Integer.parseInt(port.group(1));
  }

  private static ProgramRun debugged(Consumer<GdbClient> visitor) {
    return system().driven(visitedBy(Debugger.Access.WRITE, visitor));
  }

  /** Steps, breaks at many of the places that were seen on the way, and leaves. */
  static void visit(GdbClient client) {
    TreeSet<String> places = new TreeSet<>();
    for (int n = 0; n < STEPS; n++) {
      assertThat(client.ask("vCont;s:1;c")).startsWith("T05");
      places.add(client.ask("p20"));
    }
    assertThat(places).hasSizeGreaterThan(STEPS / 20);
    for (String place : places) {
      assertThat(client.ask("Z0," + bigEndian(place) + ",4")).isEqualTo("OK");
    }
    for (int n = 0; n < BREAKS; n++) {
      assertThat(client.ask("c")).startsWith("T05");
    }
    assertThat(client.ask("D")).isEqualTo("OK");
  }

  private static String bigEndian(String littleEndian) {
    StringBuilder text = new StringBuilder();
    for (int n = littleEndian.length() - 2; n >= 0; n -= 2) {
      text.append(littleEndian, n, n + 2);
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatIsSteppedAndStoppedIsTheRunThatIsNot(TestEngine engine) {
    GuestRecord straight = system().traced().runOn(engine);
    GuestRecord debugged = debugged(DebuggedRunTest::visit).traced().runOn(engine);
    assertThat(debugged.result()).isEqualTo(straight.result());
    assertThat(debugged.text()).isEqualTo(straight.text());
    assertThat(debugged.trace()).isEqualTo(straight.trace()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void eachStepIsOneInstruction(TestEngine engine) {
    debugged(
            client -> {
              client.ask("qSupported");
              String before = client.ask("p20");
              String code = client.ask("m%s,4".formatted(bigEndian(before)));
              client.ask("s");
              // stp x29, x30, [sp, #-n]! begins each program: pc goes on by 4, sp goes down.
              assertThat(code).endsWith("a9");
              assertThat(Long.parseUnsignedLong(bigEndian(client.ask("p20")), 16))
                  .isEqualTo(Long.parseUnsignedLong(bigEndian(before), 16) + 4);
              client.ask("D");
            })
        .runOn(engine);
  }

  @ParameterizedTest
  @EnumSource
  void codeThatADebuggerWritesIsWhatRuns(TestEngine engine) {
    debugged(
            client -> {
              client.ask("s");
              String pc = bigEndian(client.ask("p20"));
              // mov x0, #77; mov x1, x0
              assertThat(client.ask("M%s,8:a00980d2e10300aa".formatted(pc))).isEqualTo("OK");
              client.ask("s");
              assertThat(client.ask("p0")).isEqualTo("4d00000000000000");
              assertThat(client.ask("P0=2a00000000000000")).isEqualTo("OK");
              client.ask("s");
              assertThat(client.ask("p1")).isEqualTo("2a00000000000000");
              assertThat(client.ask("vKill;1")).isEqualTo("OK");
            })
        .runOn(engine);
  }

  @Test
  void tasksAreThreadsWithNamesAndStates() {
    debugged(
            client -> {
              for (int n = 0; !libraries(client).contains("rps_server") && n < 4; n++) {
                assertThat(client.ask("c")).contains("library:");
              }
              assertThat(client.ask("qXfer:threads:read::0,1000"))
                  .contains("<thread id=\"1\" core=\"0\" name=\"user_entry\">send-blocked on ")
                  .contains("name=\"rps_server\">active</thread>");
              assertThat(MAIN_BIAS.matcher(client.ask("qOffsets")).matches()).isTrue();
              client.ask("D");
            })
        .runOn(TestEngine.EMBEDDED);
  }

  private static String libraries(GdbClient client) {
    return client.ask("qXfer:libraries:read::0,1000");
  }

  @Test
  void aRecordedRunCannotBeChanged() {
    system()
        .driven(
            visitedBy(
                Debugger.Access.READ,
                client -> {
                  assertThat(client.ask("P0=0000000000000000")).startsWith("E.the run is recorded");
                  assertThat(client.ask("M40500000,1:00")).startsWith("E.the run is recorded");
                  client.ask("D");
                }))
        .runOn(TestEngine.EMBEDDED);
  }

  @Test
  void whatIsNoMemoryIsNeitherReadNorWrittenNorHaltedAt() {
    debugged(
            client -> {
              for (String where : List.of("0", "fe201000", "80000000", "fffffffffffffffc")) {
                assertThat(client.ask("m%s,4".formatted(where))).startsWith("E");
                assertThat(client.ask("M%s,1:00".formatted(where))).startsWith("E");
                assertThat(client.ask("Z0,%s,4".formatted(where))).startsWith("E");
              }
              client.ask("D");
            })
        .runOn(TestEngine.EMBEDDED);
  }

  /** Whatever a client says, the run comes to its end, and another client is served. */
  @Test
  void garbageAndHalfPacketsAreSurvived() {
    GuestRecord record =
        debugged(
                client -> {
                  SplittableRandom chance = new SplittableRandom(1);
                  try {
                    for (int n = 0; n < 300; n++) {
                      String bytes =
                          chance
                              .ints(chance.nextInt(1, 12), 0x20, 0x7f)
                              .collect(
                                  StringBuilder::new,
                                  StringBuilder::appendCodePoint,
                                  StringBuilder::append)
                              .toString()
                              .replaceAll("[#$]", "x");
                      String letter = "qQvHTgGpPmMXZz?R!".charAt(n % 17) + "";
                      if (!bytes.startsWith("Kill") && !bytes.startsWith("Cont")) {
                        String _ = client.ask(letter + bytes);
                      }
                    }
                    client.raw("$" + "m".repeat(100_000) + "#00$m40");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .runOn(TestEngine.EMBEDDED);
    assertThat(record.result()).isEqualTo(system().runOn(TestEngine.EMBEDDED).result());
  }

  @Test
  void aReplayThatIsLookedIntoIsTheRecordedRun() throws IOException, RecordingException {
    var recording =
        Recording.read(
            new ByteArrayInputStream(system().recordedOn(TestEngine.EMBEDDED.library())));
    Function<Machine, RunResult> looked = visitedBy(Debugger.Access.READ, DebuggedRunTest::visit);
    var outcome =
        new Replay(recording)
            .run(
                TestEngine.EMBEDDED.library(),
                new Replay.Listeners(OutputPort.none(), new SilentTrace(), _ -> {}, (_, _) -> {}),
                Replay.Observer.NOBODY,
                looked);
    assertThat(outcome).isInstanceOf(ReplayOutcome.Identical.class);
  }
}
