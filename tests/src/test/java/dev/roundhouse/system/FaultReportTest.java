package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.machine.Machine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the user reads when a program of the crash zoo ends. */
class FaultReportTest {
  private static final int COLUMNS = 105;

  private static List<String> report(TestEngine engine, String program) {
    return report(engine, ProgramRun.bundled(program));
  }

  private static List<String> report(TestEngine engine, ProgramRun program) {
    try (Machine machine = program.machineOn(engine.library())) {
      var _ = machine.run();
      return machine.report();
    }
  }

  private static String text(TestEngine engine, String program) {
    List<String> lines = report(engine, program);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    return String.join("\n", lines);
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aNullReadIsReportedWithPlaceRegistersCallersAndLastCalls(TestEngine engine) {
    assertThat(text(engine, "zoo_null_read"))
        .startsWith("user_entry: tid 1 took a fault: read of 1 bytes at 0x0")
        .containsPattern("pc +0x[0-9a-f]+ [a-z_]+\\+0x[0-9a-f]+ \\(user_entry\\)")
        .contains("address  0x0 is in the null page")
        .containsPattern("stack .* bytes in use")
        .containsPattern(" x0 [0-9a-f]{16}  *x1 [0-9a-f]{16}")
        .containsPattern(" sp [0-9a-f]{16}  pc [0-9a-f]{16}")
        .containsPattern("#1 .* [a-z_]*main\\+0x[0-9a-f]+ \\(user_entry\\)")
        .containsPattern("tid 1 print_raw\\(0x[0-9a-f]+, 0x[0-9a-f]+\\) = 0 from print\\+0x");
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aCallOfANullPointerIsReportedWithItsCaller(TestEngine engine) {
    assertThat(text(engine, "zoo_null_call"))
        .contains("jump to 0x0")
        .contains("address  0x0 is in the null page")
        .containsPattern("#1 .*\\(user_entry\\)");
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aReturnToWhatWasWrittenOverTheStackIsReportedWithWhereItCameFrom(TestEngine engine) {
    long text = 0x676E_6F6C_2068_6375L;
    byte[] program = new GuestCode().set(21, text).end();
    ProgramRun run =
        new ProgramRun()
            .entry("smashed", program)
            .program("name_server", Images.bundled("name_server"));
    assertThat(String.join("\n", report(engine, run)))
        .contains("jump to 0x676e6f6c20686375, no multiple of 4")
        .contains("from     0x40600100 file address 0x100 (user_entry), by a pointer or a stack")
        .contains("; as text \"uch long\"");
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aStackOverflowIsCalledOne(TestEngine engine) {
    assertThat(text(engine, "zoo_stack_overflow"))
        .containsPattern("\\d+ bytes below it, a stack overflow");
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aWildStackPointerIsPlaced(TestEngine engine) {
    assertThat(text(engine, "zoo_wild_stack")).contains("outside of RAM, which is 0x00200000..");
  }

  @ParameterizedTest
  @EnumSource(TestEngine.class)
  void aBadPointerOfASystemCallIsReportedLikeAFault(TestEngine engine) {
    assertThat(text(engine, "zoo_send_bad_message"))
        .contains("passed a bad pointer: msg of send")
        .contains("address  0x8000000000 is outside of RAM");
  }
}
