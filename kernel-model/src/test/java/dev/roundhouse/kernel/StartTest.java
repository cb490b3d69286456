package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.kernel.loader.ElfBuilder;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.task.LoadedProgram;
import dev.roundhouse.kernel.task.ResumeKind;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.TaskState;
import dev.roundhouse.kernel.task.Tid;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Boot, tids, the loader's part and argument blocks: items 1 to 3 of the kernel's behaviour. */
class StartTest {
  private static final long MIB = 1 << 20;

  @Test
  void theEntryIsTidOneAndTheNameServerTidTwoBothOfTheHighestPriority() {
    TestKernel k = TestKernel.booted();
    assertThat(k.kernel().tasks())
        .extracting(task -> task.tid().value(), Task::programName, t -> t.priority().level())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, "idle", 20),
            org.assertj.core.groups.Tuple.tuple(1, "user_entry", 0),
            org.assertj.core.groups.Tuple.tuple(2, "name_server", 0));
    assertThat(k.running()).isEqualTo(1);
    assertThat(k.kernel().current()).isSameAs(k.task(1));
    assertThat(k.task(1).state()).isEqualTo(TaskState.Active.INSTANCE);
  }

  @Test
  void stacksAndProgramsAreWhereTheRealKernelPutsThem() {
    TestKernel k = TestKernel.booted();
    k.yieldNow();
    assertThat(k.task(0).stack()).isEqualTo(new AddressRange(1027 * MIB, MIB));
    assertThat(k.task(1).stack()).isEqualTo(new AddressRange(1028 * MIB, MIB));
    assertThat(k.task(2).stack()).isEqualTo(new AddressRange(1029 * MIB, MIB));
    assertThat(programOf(k, 1).memory().start()).isEqualTo(1030 * MIB);
    assertThat(programOf(k, 2).memory().start()).isEqualTo(1031 * MIB);
    assertThat(programOf(k, 1).loadBias()).isEqualTo(1030 * MIB);
  }

  @Test
  void aProgramStartsAtItsEntryPointWithItsArgumentsInX0AndX1() {
    TestKernel k = TestKernel.booted();
    Task entry = k.task(1);
    long block = 1029 * MIB - 32;
    assertThat(k.text(block, 19)).isEqualTo("PROGRAM\0user_entry\0");
    assertThat(entry.registers().x(0)).isEqualTo(block);
    assertThat(entry.registers().x(1)).isEqualTo(19);
    assertThat(entry.registers().x(5)).isEqualTo(0x5A5A_5A5A_5A5A_5A5AL);
    assertThat(entry.registers().pc()).isEqualTo(1030 * MIB + 0x200);
    assertThat(entry.registers().pstate()).isZero();
    assertThat(entry.registers().sp()).isLessThan(block).isGreaterThan(block - 1024);
    assertThat(entry.registers().sp() % 16).isZero();
    assertThat(entry.resumeKind()).isEqualTo(ResumeKind.FRESH);
  }

  @Test
  void aProgramReturnsToAnExitCallThatTasksCanExecute() {
    TestKernel k = TestKernel.booted();
    long stub = k.task(1).registers().lr();
    assertThat(stub).isGreaterThanOrEqualTo(0x20_0000);
    assertThat(k.memory.getInt(stub)).isEqualTo(0xD400_0001);
    assertThat(k.memory.getInt(stub + 4)).isEqualTo(0x1400_0000);
  }

  @Test
  void moreArgumentsOfTheEntryStandBehindItsProgram() {
    TestKernel k = new TestKernel();
    k.entryArguments =
        List.of(new KernelConfig.Argument("TRACK", "A"), new KernelConfig.Argument("DEBUG", "1"));
    k.boot();
    String block = "PROGRAM\0user_entry\0TRACK\0A\0DEBUG\0001\0";
    assertThat(k.kernel().current().registers().x(1)).isEqualTo(block.length());
    assertThat(k.text(k.result(), block.length())).isEqualTo(block);
    k.yieldNow();
    assertThat(k.text(k.result(), 20)).isEqualTo("PROGRAM\0name_server\0");
  }

  @Test
  void anArgumentWithANulOrOneThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new KernelConfig.Argument("A\0", "b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KernelConfig.Argument("A", "\0"))
        .isInstanceOf(IllegalArgumentException.class);
    TestKernel k = new TestKernel();
    k.entryArguments = List.of(new KernelConfig.Argument("A", "x".repeat(1 << 20)));
    assertThatThrownBy(k::boot).hasMessageContaining("do not fit");
  }

  @Test
  void tidsCountUpAndAreNeverUsedAgain() {
    TestKernel k = TestKernel.ready();
    for (int expected = 3; expected < 10; expected++) {
      k.create(0, "child");
      k.runUntil(expected).exit();
      k.runUntil(1);
    }
    assertThat(k.create(20, "child").result()).isEqualTo(10);
  }

  @Test
  void theLoadersCallSendsANewTaskToTheBackOfItsPriorityOnce() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    assertThat(k.running())
        .as("the child's loader ran up to its mmap, then the parent")
        .isEqualTo(1);
    k.yieldNow();
    assertThat(k.running()).as("the child is in its program now").isEqualTo(3);
  }

  @Test
  void aTaskThatHasNotRunItsLoaderHasNoProgramYet() {
    TestKernel k = TestKernel.ready();
    k.create(5, "child");
    assertThat(k.task(3).programName()).isEqualTo("not loaded yet");
    assertThat(k.task(3).program()).isEmpty();
    assertThat(k.task(3).label()).isEqualTo("tid 3 (not loaded yet)");
  }

  @Test
  void theLastProgramKeyWins() {
    TestKernel k = TestKernel.ready();
    k.createWith(0, "PROGRAM\0nothing\0X\0PROGRAM\0PROGRAM\0child\0");
    k.runUntil(3);
    assertThat(k.task(3).programName()).isEqualTo("child");
  }

  @Test
  void anUnknownProgramGivesAValidTidAndEndsTheRunWhenItsLoaderRuns() {
    TestKernel k = TestKernel.ready();
    k.create(5, "nothing");
    assertThat(k.result()).isEqualTo(3);
    k.exit();
    assertThat(k.end())
        .isEqualTo(
            new EndOfRun.UnknownProgram(
                new Tid(3), "nothing", List.of("child", "name_server", "user_entry")));
    assertThat(k.end().text())
        .isEqualTo("tid 3 wants program nothing; known programs: child, name_server, user_entry");
  }

  @Test
  void anArgumentBlockWithoutProgramEndsTheRunWhenItsLoaderRuns() {
    TestKernel k = TestKernel.ready();
    k.createWith(0, "NAME\0x\0");
    assertThat(k.end())
        .isInstanceOfSatisfying(
            EndOfRun.UnknownProgram.class, why -> assertThat(why.name()).isEmpty());
    assertThat(k.end().text()).startsWith("tid 3 has no PROGRAM in its arguments");
  }

  @Test
  void aTaskMayBeMadeWithoutArgumentsAndThenHasNoProgram() {
    TestKernel k = TestKernel.ready();
    k.call(2, 5, 0, 0);
    assertThat(k.result()).isEqualTo(3);
    assertThat(k.task(3).arguments().address()).isEqualTo(k.task(3).stack().end());
    k.exit();
    assertThat(k.end()).isInstanceOf(EndOfRun.UnknownProgram.class);
  }

  @Test
  void aFileThatCannotBeLoadedEndsTheRunWithTheReason() {
    TestKernel k = new TestKernel().program("bad", new byte[] {1, 2, 3}).boot();
    k.createWith(0, "PROGRAM\0bad\0");
    k.yieldNow();
    assertThat(k.end())
        .isInstanceOfSatisfying(
            EndOfRun.CannotLoad.class,
            why -> {
              assertThat(why.name()).isEqualTo("bad");
              assertThat(why.why()).contains("not an ELF file");
            });
    assertThat(k.end().text()).startsWith("tid 3 cannot load program bad: this is not an ELF");
  }

  @Test
  void aProgramForWhichNoPageIsLeftEndsTheRun() {
    byte[] big =
        ElfBuilder.program().header(ElfBuilder.PT_LOAD, 0, 0x1000, 0, 300 << 20, 1).build();
    TestKernel k = new TestKernel().program("big", big).boot();
    k.createWith(0, "PROGRAM\0big\0");
    k.yieldNow();
    assertThat(k.end())
        .isInstanceOfSatisfying(
            EndOfRun.CannotLoad.class, why -> assertThat(why.why()).contains("no page"));
  }

  @Test
  void anArgumentBlockWithoutFinalNulEndsAtItsEndAndIsReported() {
    TestKernel k = TestKernel.ready();
    k.createWith(0, "PROGRAM\0child");
    k.runUntil(3);
    assertThat(k.task(3).programName()).isEqualTo("child");
    assertThat(k.brokenRules()).containsExactly(Rule.ARGUMENTS_NOT_TERMINATED);
  }

  @Test
  void aStrictRunEndsWhenALoaderBreaksARule() {
    TestKernel k = new TestKernel();
    k.strictness = Strictness.STRICT;
    k.boot().createWith(0, "PROGRAM\0child");
    k.yieldNow();
    assertThat(k.end()).isEqualTo(new EndOfRun.StrictViolation(k.violations.get(0)));
  }

  @Test
  void anArgumentBlockAsLongAsTheStackIsTakenAndALongerOneCrashesTheKernel() {
    TestKernel k = TestKernel.ready();
    k.call(2, 5, TestKernel.SCRATCH, MIB);
    assertThat(k.result()).isEqualTo(3);
    assertThat(k.task(3).arguments().address()).isEqualTo(k.task(3).stack().start());
    k.call(2, 5, TestKernel.SCRATCH, MIB + 1);
    assertThat(k.end())
        .isInstanceOfSatisfying(
            EndOfRun.KernelCrash.class,
            crash -> assertThat(crash.rule()).isEqualTo(Rule.ARGUMENTS_TOO_LONG));
    assertThat(k.brokenRules()).containsExactly(Rule.ARGUMENTS_TOO_LONG);
  }

  @Test
  void theParentOfTheBootTasksIsTidZeroAndAVanishedParentIsMinusOne() {
    TestKernel k = TestKernel.ready();
    assertThat(k.call(4).result()).isZero();
    k.create(0, "child");
    k.runUntil(3);
    assertThat(k.call(4).runUntil(3).result()).isEqualTo(1);
    k.runUntil(1).exit();
    assertThat(k.running()).isEqualTo(3);
    assertThat(k.call(4).result()).isEqualTo(-1);
  }

  @Test
  void aBadPriorityUsesUpATidAndAStack() {
    TestKernel k = TestKernel.ready();
    for (int priority : new int[] {21, -1, Integer.MAX_VALUE}) {
      assertThat(k.create(priority, "child").result()).isEqualTo(-1);
    }
    assertThat(k.brokenRules())
        .containsExactly(Rule.BAD_PRIORITY, Rule.BAD_PRIORITY, Rule.BAD_PRIORITY);
    assertThat(k.create(20, "child").result()).isEqualTo(6);
    assertThat(k.task(3).state()).isEqualTo(new TaskState.NeverStarted(21, TaskState.Mailbox.NONE));
    assertThat(k.task(6).stack().start() - k.task(3).stack().start()).isEqualTo(3 * MIB);
    assertThat(k.reply(3, "x").result()).isEqualTo(-2);
  }

  @Test
  void aSendToATidOfABadPriorityCrashesTheKernel() {
    TestKernel k = TestKernel.ready();
    k.create(21, "child").send(3, "x", 4);
    assertThat(k.end())
        .isInstanceOfSatisfying(
            EndOfRun.KernelCrash.class,
            crash -> assertThat(crash.rule()).isEqualTo(Rule.BAD_PRIORITY));
    // One for create, one for send.
    assertThat(k.brokenRules()).containsExactly(Rule.BAD_PRIORITY, Rule.BAD_PRIORITY);
  }

  @Test
  void aSendToATidOfABadPriorityQueuesWhereItsDescriptorWasAnExitedTasks() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child").runUntil(3).exit();
    k.create(21, "child").create(0, "child");
    k.runUntil(1).send(4, "x", 4);
    assertThat(k.running()).isEqualTo(5);
    assertThat(k.task(1).state()).isInstanceOf(TaskState.SendBlocked.class);
  }

  @Test
  void onlyTheLowHalfOfThePriorityRegisterCounts() {
    TestKernel k = TestKernel.ready();
    assertThat(k.call(2, 0x1_0000_0014L, 0, 0).result()).isEqualTo(3);
    assertThat(k.task(3).priority().level()).isEqualTo(20);
  }

  @Test
  void createGivesMinusTwoWhenNoStackIsLeft() {
    TestKernel k = TestKernel.ready();
    for (long size = 1L << 28; size >= 1 << 20; size >>= 1) {
      do {
        k.mmap(size);
      } while (k.memory.getLong(k.scratch() + 0x20) != 0);
    }
    assertThat(k.create(0, "child").result()).isEqualTo(-2);
    assertThat(k.create(77, "child").result()).isEqualTo(-2);
    assertThat(k.violations).isEmpty();
  }

  @Test
  void anExitGivesBackTheStackButNotTheProgramsMemory() {
    TestKernel k = TestKernel.ready();
    k.create(0, "child");
    k.runUntil(3);
    AddressRange stack = k.task(3).stack();
    AddressRange program = programOf(k, 3).memory();
    k.exit();
    assertThat(k.kernel().task(new Tid(3))).isEmpty();
    long taken = 0;
    for (int page = 0; page < 100 && taken != stack.start(); page++) {
      k.runUntil(1).mmap(MIB);
      taken = k.memory.getLong(TestKernel.scratchOf(1) + 0x20);
      assertThat(taken).isNotEqualTo(program.start());
    }
    assertThat(taken).isEqualTo(stack.start());
  }

  @Test
  void anExitGivesBackTheDescriptor() {
    TestKernel k = TestKernel.ready();
    for (int child = 3; child < 303; child++) {
      k.create(0, "child");
      k.runUntil(child);
      Task task = k.kernel().current();
      long below = task.stack().start();
      k.exit();
      assertThat(task.state()).isEqualTo(TaskState.Exited.INSTANCE);
      assertThat(below).as("stack of tid %d", child).isLessThan(2016 * MIB);
      k.runUntil(1);
    }
    k.mmap(MIB);
    long programs = 303 - 3;
    assertThat(k.memory.getLong(TestKernel.scratchOf(1) + 0x20))
        .as("no second page of descriptors")
        .isLessThan((1033 + programs) * MIB);
  }

  private static LoadedProgram programOf(TestKernel k, int tid) {
    return k.task(tid).program().orElseThrow();
  }
}
