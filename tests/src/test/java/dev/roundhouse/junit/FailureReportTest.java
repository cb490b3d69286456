package dev.roundhouse.junit;

import static dev.roundhouse.junit.Measures.seconds;
import static dev.roundhouse.junit.Measures.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.roundhouse.emulator.record.Recording;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a user reads when a test with a machine fails. */
class FailureReportTest {
  /** Nested, so that nobody runs it but this test. */
  @RoundhouseTest(image = "uart_echo")
  static class Failing {
    @Test
    void waitsInVain(Machine machine) {
      machine.console().type("abc");
      machine.runUntil(machine.console().prints("xyz"), within(seconds(2)));
    }
  }

  @Test
  void aFailureTellsWhatTheMachineDidAndHowToSeeItAgain(@TempDir Path folder) throws Exception {
    String story = story(folder);
    assertThat(story)
        .startsWith("the machine of FailureReportTest.Failing.waitsInVain, at 2.0000")
        .contains("of virtual time: it was still running")
        .contains("the screen at UART2:\n  abc\n")
        .contains("task 1 (uart_echo) is receive-blocked")
        .contains("latest events:\n  {\"t\":")
        .contains("recording: " + folder);
    Matcher command = Pattern.compile("again: +roundhouse replay (\\S+)").matcher(story);
    assertThat(command.find()).isTrue();
    try (InputStream in = Files.newInputStream(Path.of(command.group(1)))) {
      assertThat(Recording.read(in).isComplete()).isTrue();
    }
  }

  private static String story(Path folder) {
    List<Throwable> failures = new ArrayList<>();
    TestExecutionListener listener =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(failures::add);
          }
        };
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectMethod(Failing.class, "waitsInVain", Machine.class))
            .configurationParameter("roundhouse.recordings", folder.toString())
            .build();
    LauncherFactory.create().execute(request, listener);
    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst())
        .hasMessageStartingWith("not within 2s of virtual time: UART2 prints");
    return failures.getFirst().getSuppressed()[0].getMessage();
  }
}
