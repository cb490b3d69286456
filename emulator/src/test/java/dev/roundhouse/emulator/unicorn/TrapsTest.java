package dev.roundhouse.emulator.unicorn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.MmioPort;
import dev.roundhouse.emulator.cpu.UserTraps;
import dev.roundhouse.emulator.unicorn.Guest.Access;
import dev.roundhouse.emulator.unicorn.Guest.Exit;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the run loop, when, and with which registers and counts. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.roundhouse.emulator.unicorn.EngineUnderTest#all")
class TrapsTest {
  private static final String ENDLESS_LOOP_OF_3 =
      """
      91000673 1: add x19, x19, #1
      91000400 add x0, x0, #1
      17fffffe b 1b
      """;

  @Parameter EngineUnderTest engine;
  private UnicornLibrary library;

  @BeforeEach
  void findLibrary() {
    assumeThat(engine.library()).as(engine.name()).isPresent();
    library = engine.library().orElseThrow();
  }

  /** Throws from every trap. */
  private record Throwing(Throwable what) implements UserTraps {
    private AfterTrap fail() {
      if (what instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) what;
    }

    @Override
    public AfterTrap supervisorCall(int immediate) {
      return fail();
    }

    @Override
    public AfterTrap budgetSpent(int blockInstructions, long blockAddress) {
      return fail();
    }

    @Override
    public AfterTrap fault(Fault fault) {
      return fail();
    }

    @Override
    public AfterTrap waitForInterrupt() {
      return fail();
    }

    @Override
    public AfterTrap semihosting() {
      return fail();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d4000001 svc #0",
        "00000000 udf #0",
        "d4200000 brk #0",
        "f940001f ldr xzr, [x0]",
        "d61f0000 br x0",
        "14000000 b .",
        "d503207f wfi"
      })
  void whatAHandlerThrowsComesOutOfRunAndTheProcessorGoesOnAfterIt(String instruction) {
    try (Guest guest = new Guest(library)) {
      guest.code(Guest.CODE, instruction).code(Guest.DATA, "d4000001 svc #0");
      for (Throwable ours : new Throwable[] {new IllegalStateException("x"), new Error("y")}) {
        guest.cpu.budget().grant(100);
        guest.registers[SavedRegisters.PC] = Guest.CODE;
        guest.cpu.resumeAll(guest.registers);
        assertThatThrownBy(() -> guest.cpu.run(new Throwing(ours))).isSameAs(ours);
        guest.cpu.budget().grant(100);
        assertThat(guest.run(Guest.DATA)).isEqualTo(new Exit.Call(0, Guest.DATA + 4));
        guest.x(0, 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"f9400001 ldr x1, [x0]", "b9000001 str w1, [x0]"})
  void whatADeviceThrowsComesOutOfRunAndTheProcessorGoesOnAfterIt(String instruction) {
    IllegalStateException ours = new IllegalStateException("a device failed");
    MmioPort failing =
        new MmioPort() {
          @Override
          public long read(long address, int bytes) {
            throw ours;
          }

          @Override
          public void write(long address, int bytes, long value) {
            throw ours;
          }
        };
    try (Guest guest = new Guest(library, failing)) {
      guest.code(Guest.CODE, instruction + "\n14000000 b .");
      guest.code(Guest.DATA, "d4000001 svc #0");
      guest.x(0, Guest.DEVICES);
      assertThatThrownBy(() -> guest.run(Guest.CODE)).isSameAs(ours);
      guest.cpu.budget().grant(100);
      assertThat(guest.run(Guest.DATA)).isEqualTo(new Exit.Call(0, Guest.DATA + 4));
    }
  }

  @Test
  void instructionsAreCountedExactlyByMachineCodeAndByJava() {
    String code =
        """
        d2800c80 mov x0, #100
        d1000400 1: sub x0, x0, #1
        b5ffffe0 cbnz x0, 1b
        d503203f yield
        d503201f nop
        d4000001 svc #0
        """;
    for (Guest made : new Guest[] {new Guest(library), Guest.countedByJava(library)}) {
      try (Guest guest = made) {
        guest.code(Guest.CODE, code);
        for (int round = 0; round < 3; round++) {
          assertThat(guest.run(Guest.CODE)).isInstanceOf(Exit.Call.class);
          assertThat(guest.cpu.budget().takeCounted()).isEqualTo(1 + 200 + 3);
        }
      }
    }
  }

  @Test
  void theBudgetEndsBeforeTheFirstBlockThatExceedsIt() {
    for (Guest made : new Guest[] {new Guest(library), Guest.countedByJava(library)}) {
      try (Guest guest = made) {
        guest.code(Guest.CODE, ENDLESS_LOOP_OF_3);
        guest.cpu.budget().grant(10);
        assertThat(guest.run(Guest.CODE)).isEqualTo(new Exit.Spent(3, Guest.CODE));
        assertThat(guest.registers[19]).isEqualTo(3);
        assertThat(guest.cpu.budget().takeCounted()).isEqualTo(12);
        guest.cpu.budget().grant(9);
        assertThat(guest.run(Guest.CODE)).isEqualTo(new Exit.Spent(3, Guest.CODE));
        assertThat(guest.registers[19]).isEqualTo(6);
      }
    }
  }

  @Test
  void aBudgetThatADeviceCutsShortEndsAtTheNextBlock() {
    Guest[] cut = new Guest[1];
    MmioPort cutting =
        new MmioPort() {
          @Override
          public long read(long address, int bytes) {
            cut[0].cpu.budget().cutShort();
            return 7;
          }

          @Override
          public void write(long address, int bytes, long value) {
            throw new AssertionError("nobody writes");
          }
        };
    try (Guest guest = new Guest(library, cutting)) {
      cut[0] = guest;
      guest.code(
          Guest.CODE,
          """
          b9400001 ldr w1, [x0]
          91000673 add x19, x19, #1
          14000001 b .+4
          14000000 b .
          """);
      assertThat(guest.x(0, Guest.DEVICES).run(Guest.CODE))
          .isEqualTo(new Exit.Spent(1, Guest.CODE + 12));
      assertThat(guest.registers[1]).isEqualTo(7);
      assertThat(guest.registers[19]).isEqualTo(1);
      assertThat(guest.cpu.budget().takeCounted()).isEqualTo(4);
    }
  }

  @Test
  void deviceAccessesHaveTheirWidthAddressAndValue() {
    try (Guest guest = new Guest(library)) {
      guest.code(
          Guest.CODE,
          """
          39000041 strb w1, [x2]
          79000041 strh w1, [x2]
          b9000041 str w1, [x2]
          f9000041 str x1, [x2]
          39400043 ldrb w3, [x2]
          79400044 ldrh w4, [x2]
          b9400045 ldr w5, [x2]
          f9400046 ldr x6, [x2]
          d4000001 svc #0
          """);
      long at = Guest.DEVICES + Guest.DEVICE_BYTES - 8;
      guest.x(1, 0x8182_8384_8586_8788L).x(2, at);
      assertThat(guest.run(Guest.CODE)).isInstanceOf(Exit.Call.class);
      assertThat(guest.accesses)
          .containsExactly(
              new Access("write", at, 1, 0x88),
              new Access("write", at, 2, 0x8788),
              new Access("write", at, 4, 0x8586_8788L),
              new Access("write", at, 4, 0x8586_8788L),
              new Access("write", at + 4, 4, 0x8182_8384L),
              new Access("read", at, 1, 0),
              new Access("read", at, 2, 0),
              new Access("read", at, 4, 0),
              new Access("read", at, 4, 0),
              new Access("read", at + 4, 4, 0));
      assertThat(guest.registers[3]).isEqualTo(0x88);
      assertThat(guest.registers[4]).isEqualTo(0x7788);
      assertThat(guest.registers[5]).isEqualTo(0x5566_7788L);
      assertThat(guest.registers[6]).isEqualTo(0x5566_7788_5566_7788L);
    }
  }

  @Test
  void theThreeDepthsOfReadingRegistersAgree() {
    try (Guest guest = new Guest(library)) {
      guest.code(Guest.CODE, "d4000001 svc #0");
      for (int number = 0; number <= SavedRegisters.LR; number++) {
        guest.x(number, 0x0101_0101_0101_0101L * number);
      }
      assertThat(guest.run(Guest.CODE)).isInstanceOf(Exit.Call.class);
      long[] parts = new long[SavedRegisters.COUNT];
      guest.cpu.readCall(parts);
      guest.cpu.readPreserved(parts);
      for (int place = 0; place < parts.length; place++) {
        boolean isRead = place <= 4 || (place >= 19 && place <= SavedRegisters.PC);
        assertThat(parts[place])
            .as("place %d", place)
            .isEqualTo(isRead ? guest.registers[place] : 0);
      }
      assertThat(guest.registers[SavedRegisters.SP]).isEqualTo(Guest.STACK);
    }
  }

  @Test
  void twoTasksSwitchInTheirSystemCallsAndKeepTheirRegisters() {
    try (Guest guest = new Guest(library)) {
      guest.code(
          Guest.CODE,
          """
          91000673 1: add x19, x19, #1
          8b130294 add x20, x20, x19
          d4000001 svc #0
          cb000273 sub x19, x19, x0
          17fffffc b 1b
          """);
      SwitchingTasks tasks = new SwitchingTasks(guest, 1000);
      guest.cpu.resumeAll(tasks.registers[0]);
      guest.cpu.run(tasks);
      for (int task = 0; task < 2; task++) {
        long[] mine = tasks.registers[task];
        assertThat(mine[19]).isEqualTo(1000 * (task + 1) + 500);
        assertThat(mine[20]).isEqualTo(500L * 1000 * (task + 1) + 500 * 501 / 2);
        assertThat(mine[SavedRegisters.SP]).isEqualTo(Guest.STACK - 0x1000L * task);
      }
    }
  }

  /** Switches at each call between two tasks, which get 0 as the call's result. */
  private static final class SwitchingTasks implements UserTraps {
    private final long[][] registers = new long[2][SavedRegisters.COUNT];
    private final Guest guest;
    private int left;
    private int current;

    SwitchingTasks(Guest guest, int calls) {
      this.guest = guest;
      left = calls;
      for (int task = 0; task < 2; task++) {
        registers[task][19] = 1000L * (task + 1);
        registers[task][SavedRegisters.SP] = Guest.STACK - 0x1000L * task;
        registers[task][SavedRegisters.PC] = Guest.CODE;
      }
    }

    @Override
    public AfterTrap supervisorCall(int immediate) {
      guest.cpu.readCall(registers[current]);
      guest.cpu.readPreserved(registers[current]);
      registers[current][0] = 0;
      if (--left == 0) {
        return AfterTrap.LEAVE;
      }
      current = 1 - current;
      guest.cpu.resumeAfterCall(registers[current]);
      return AfterTrap.RESUME;
    }

    @Override
    public AfterTrap budgetSpent(int blockInstructions, long blockAddress) {
      throw new AssertionError("the budget is spent");
    }

    @Override
    public AfterTrap fault(Fault fault) {
      throw new AssertionError(fault.text());
    }

    @Override
    public AfterTrap waitForInterrupt() {
      throw new AssertionError("nobody waits");
    }

    @Override
    public AfterTrap semihosting() {
      throw new AssertionError("nobody asks a debugger");
    }
  }

  @Test
  void aTaskThatIsPreemptedAtABlockAndGoesOnLaterLosesNothing() {
    try (Guest guest = new Guest(library)) {
      guest.code(Guest.CODE, ENDLESS_LOOP_OF_3);
      long[] saved = guest.registers.clone();
      saved[SavedRegisters.PC] = Guest.CODE;
      for (int slice = 1; slice <= 200; slice++) {
        guest.cpu.budget().grant(30);
        guest.cpu.resumeAll(saved);
        Exit exit = guest.goOn();
        assertThat(exit).isEqualTo(new Exit.Spent(3, Guest.CODE));
        System.arraycopy(guest.registers, 0, saved, 0, saved.length);
        saved[SavedRegisters.PC] = Guest.CODE;
        assertThat(saved[19]).isEqualTo(10L * slice);
        assertThat(saved[0]).isEqualTo(10L * slice);
      }
    }
  }
}
