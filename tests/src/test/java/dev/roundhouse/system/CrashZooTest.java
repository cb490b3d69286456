package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each program of the crash zoo ends as its entry in {@code systems.txt} says. */
class CrashZooTest {
  /** program | essential words of the end | rules that were broken. */
  private static final String ENDS =
      """
      null_read | read of 1 bytes at 0x0
      null_write | write of 1 bytes at 0x8
      outside_read | read of 1 bytes at 0x8000000000
      wild_jump | jump to 0x8000000000
      null_call | jump to 0x0
      misaligned_jump | jump to 0x406004e2, no multiple of 4
      undefined_instruction | undefined instruction 0x00000000
      privileged_instruction | undefined instruction 0xd518c01f
      breakpoint | brk #42
      unaligned_exclusive | not aligned
      wild_stack | write of 8 bytes at 0x7ffffffff0
      wild_stack_call | sp of my_tid, 0x7fffffffa0, 96 bytes | BAD_POINTER
      misaligned_stack | finished
      stack_overflow | write of 8 bytes at 0x1ff | STACK_OVERFLOW
      send_bad_message | msg of send, 0x8000000000, 16 bytes | BAD_POINTER
      send_bad_reply_buffer | reply of send, 0x8000000000, 16 bytes | BAD_POINTER
      send_wrapping_length | finished | MESSAGE_CUT_SHORT
      recv_bad_tid | tid of recv, 0x8000000000, 4 bytes | BAD_POINTER
      recv_bad_buffer | msg of recv, 0x8000000000, 16 bytes | BAD_POINTER
      reply_bad_message | reply of reply, 0x8000000000, 16 bytes | BAD_POINTER
      print_bad_pointer | msg of print_raw, 0x8000000000, 16 bytes | BAD_POINTER
      print_wrapping_pointer | msg of print_raw, 0xfffffffffffffff8, 16 bytes | BAD_POINTER
      create_bad_arguments | args of create, 0x8000000000, 16 bytes | BAD_POINTER
      create_huge_arguments | argument block longer than the stack | ARGUMENTS_TOO_LONG
      mmap_bad_target | target of mmap, 0x8000000000, 8 bytes | BAD_POINTER
      mmap_huge | finished
      health_bad_pointer | health of sys_health, 0x8000000000, 4 bytes | BAD_POINTER
      encoder_bad_pointer | stat of quadrature_encoder_get, 0x8000000000, 40 bytes | BAD_POINTER
      unknown_system_call | unknown system call: there are 15 | UNKNOWN_SYSCALL
      unknown_program | wants program no_such_program; known programs: name_server
      bad_priority | tid 4 was made with one and has no queue of senders | BAD_PRIORITY BAD_PRIORITY
      unterminated_arguments | finished | ARGUMENTS_NOT_TERMINATED
      send_to_self | tid 1 (user_entry) waits for tid 1 (user_entry) | SEND_TO_SELF
      send_to_missing_task | finished | TASK_NEVER_WAS
      send_to_vanished_task | finished | TASK_HAS_VANISHED
      reply_to_vanished_task | finished | TASK_HAS_VANISHED
      reply_to_missing_task | finished | TASK_NEVER_WAS
      reply_to_ready_task | finished
      reply_by_third_task | finished | SENDERS_STRANDED REPLY_BY_ANOTHER
      message_cut_short | finished | MESSAGE_CUT_SHORT MESSAGE_CUT_SHORT
      unknown_event | finished | UNKNOWN_EVENT
      two_waiters | finished | SECOND_WAITER WAIT_WITHOUT_END WAIT_WITHOUT_END
      deadlock_cycle | which waits for the first one in turn: a cycle
      send_to_exiting_task | which has exited | SENDERS_STRANDED
      receiver_exits | to reply, which has exited | SENDERS_STRANDED
      silent_receiver | to reply, which waits in recv
      senders_65 | 64 senders wait for tid 1 (user_entry) already | SENDER_QUEUE_FULL
      ready_crowd | finished | READY_QUEUE_FULL
      bad_pin | there is no pin 64 | BAD_PIN
      unexpected_interrupt | interrupt 99 is enabled | UNEXPECTED_INTERRUPT
      console_stuck | transmit FIFO | CONSOLE_STUCK
      """;

  /** What the program prints behind its first line, for those that survive. */
  private static final String SURVIVORS =
      """
      misaligned_stack |
      send_wrapping_length |
      mmap_huge | 0, page 40800000
      unterminated_arguments |
      send_to_missing_task | -1
      send_to_vanished_task | -1
      reply_to_vanished_task | -1
      reply_to_missing_task | -1
      reply_to_ready_task | -2
      reply_by_third_task | 16
      message_cut_short | 16
      """;

  /** What a program of the zoo ends with. */
  record Exhibit(String program, String words, List<Rule> broken) {
    static Exhibit of(String line) {
      String[] columns = line.split("\\|", -1);
      List<Rule> broken = new ArrayList<>();
      for (String rule : columns.length > 2 ? columns[2].strip().split(" ") : new String[0]) {
        broken.add(Rule.valueOf(rule));
      }
      return new Exhibit("zoo_" + columns[0].strip(), columns[1].strip(), broken);
    }

    @Override
    public String toString() {
      return program;
    }
  }

  static Set<String> programs() {
    Set<String> programs = new TreeSet<>(Set.of("zoo_endless_loop", "zoo_endless_yield"));
    ENDS.lines().map(Exhibit::of).map(Exhibit::program).forEach(programs::add);
    return programs;
  }

  static Stream<Arguments> exhibits() {
    return ENDS.lines()
        .map(Exhibit::of)
        .flatMap(exhibit -> Stream.of(TestEngine.values()).map(e -> Arguments.of(exhibit, e)));
  }

  /** Those that a tolerant run lets go on. */
  static Stream<Exhibit> ruleBreakers() {
    Set<Rule> endAnyRun =
        EnumSet.of(
            Rule.BAD_POINTER,
            Rule.ARGUMENTS_TOO_LONG,
            Rule.UNKNOWN_SYSCALL,
            Rule.SENDER_QUEUE_FULL,
            Rule.BAD_PIN,
            Rule.UNEXPECTED_INTERRUPT,
            Rule.CONSOLE_STUCK);
    return ENDS.lines()
        .map(Exhibit::of)
        .filter(e -> !e.broken().isEmpty() && Collections.disjoint(e.broken(), endAnyRun));
  }

  static Stream<Arguments> survivors() {
    return SURVIVORS
        .lines()
        .map(line -> line.split("\\|", -1))
        .map(columns -> Arguments.of(columns[0].strip(), columns[1].strip()));
  }

  /** For a call in line see {@code CallsInLineTest}, for writes {@code GuardTest}. */
  @Test
  void eachRuleIsBrokenBySomeProgram() {
    assertThat(ENDS.lines().map(Exhibit::of).flatMap(exhibit -> exhibit.broken().stream()))
        .containsAll(
            EnumSet.complementOf(
                EnumSet.of(Rule.CALL_IN_LINE, Rule.FOREIGN_STACK, Rule.CODE_WRITTEN)));
  }

  @ParameterizedTest
  @MethodSource("exhibits")
  void aFaultEndsInItsReport(Exhibit exhibit, TestEngine engine) {
    GuestRecord run = ProgramRun.bundled(exhibit.program()).runOn(engine);
    assertThat(run.text()).startsWith(ownName(exhibit.program()) + ": now\r\n");
    assertThat(run.end().text()).contains(exhibit.words());
    if (exhibit.broken().equals(List.of(Rule.READY_QUEUE_FULL))) {
      assertThat(run.brokenRules()).isNotEmpty().containsOnly(Rule.READY_QUEUE_FULL);
    } else {
      assertThat(run.brokenRules()).isEqualTo(exhibit.broken());
    }
  }

  @ParameterizedTest
  @MethodSource("survivors")
  void aProgramThatTheKernelLetsLiveGoesOn(String program, String printed) {
    GuestRecord run = ProgramRun.bundled("zoo_" + program).runOn(TestEngine.EMBEDDED);
    assertThat(run.text()).contains(program + ": " + printed).contains(program + ": still running");
  }

  @ParameterizedTest
  @MethodSource("ruleBreakers")
  void aBrokenRuleEndsAStrictRun(Exhibit exhibit) {
    GuestRecord run = ProgramRun.bundled(exhibit.program()).strict().runOn(TestEngine.EMBEDDED);
    assertThat(run.violations()).hasSize(1);
    assertThat(run.end()).isEqualTo(new EndOfRun.StrictViolation(run.violations().getFirst()));
    assertThat(run.brokenRules()).isEqualTo(exhibit.broken().subList(0, 1));
  }

  @ParameterizedTest
  @EnumSource
  void anEndlessLoopEndsExactlyAtTheLimitOfVirtualTime(TestEngine engine) {
    GuestRecord run =
        ProgramRun.bundled("zoo_endless_loop").limit(Duration.ofMillis(50)).runOn(engine);
    assertThat(run.result().end()).isInstanceOf(RunEnd.VirtualTimeout.class);
    assertThat(run.result().at().nanos()).isBetween(50_000_000L, 50_000_100L);
  }

  @ParameterizedTest
  @EnumSource
  void yieldingForEverEndsAtTheLimitOfVirtualTime(TestEngine engine) {
    GuestRecord run =
        ProgramRun.bundled("zoo_endless_yield").limit(Duration.ofMillis(50)).runOn(engine);
    assertThat(run.result().end()).isInstanceOf(RunEnd.VirtualTimeout.class);
    assertThat(run.result().at().nanos()).isBetween(50_000_000L, 50_001_000L);
  }

  private static String ownName(String program) {
    return program.substring("zoo_".length());
  }
}
