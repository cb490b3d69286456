package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.report.EndOfRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs whose output the real kernel wrote (TrainsOS, commit 9d49562). */
class KernelExamplesTest {
  private static final String EXAMPLES = "/dev/roundhouse/system/examples/";

  @ParameterizedTest
  @CsvSource({"order, INSTALLED", "order, EMBEDDED", "queue, INSTALLED", "queue, EMBEDDED"})
  void aProgramPrintsExactlyWhatItPrintedOnTheRealKernel(String example, TestEngine engine) {
    String folder = EXAMPLES + example + "/";
    GuestRecord run =
        new ProgramRun()
            .entry("user_entry", Images.resource(folder + "user_entry.elf"))
            .program("msg_demo", Images.resource(folder + "msg_demo.elf"))
            .program("msg_demo_child", Images.resource(folder + "msg_demo_child.elf"))
            .program("name_server", Images.bundled("name_server"))
            .runOn(engine);
    assertThat(run.text()).isEqualTo(Images.text(folder + "expected.txt"));
    assertThat(run.end()).isInstanceOfAny(EndOfRun.Finished.class, EndOfRun.Quit.class);
  }
}
