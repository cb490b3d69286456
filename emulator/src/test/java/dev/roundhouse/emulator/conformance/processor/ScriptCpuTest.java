package dev.roundhouse.emulator.conformance.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.MmioPort;
import dev.roundhouse.emulator.cpu.MmioWindow;
import dev.roundhouse.emulator.cpu.UserTraps;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What scripts do not show of their processor; what they do, ScriptsOnTheEngineTest compares. */
class ScriptCpuTest implements UserTraps {
  private static final long RAM = 0x20_0000;
  private static final int RAM_BYTES = 0x2000;
  private static final long DEVICES = 0xFE00_0000L;
  private static final int ADD_ONE_TO_X1 = 0x9100_0421;
  private static final int BRANCH_TO_SELF = 0x1400_0000;
  private static final int BRANCH_TO_NEXT = 0x1400_0001;
  private static final int SVC_7 = 0xD400_00E1;

  private final MemorySegment memory = Arena.ofAuto().allocate(RAM_BYTES);
  private final List<String> kernelWrites = new ArrayList<>();
  private final Cpu cpu =
      new ScriptEngine(
              new ScriptMemory(), (start, end) -> kernelWrites.add("%x-%x".formatted(start, end)))
          .newCpu(new GuestWindow(RAM, memory));
  private final long[] registers = new long[SavedRegisters.COUNT];
  private final List<String> traps = new ArrayList<>();
  private int budgetsLeft;

  @Override
  public AfterTrap supervisorCall(int immediate) {
    traps.add("svc " + immediate + " counted " + cpu.budget().counted());
    return AfterTrap.LEAVE;
  }

  @Override
  public AfterTrap fault(Fault fault) {
    traps.add(fault.text());
    return AfterTrap.LEAVE;
  }

  @Override
  public AfterTrap semihosting() {
    throw new IllegalStateException("scripts do not call a debugger");
  }

  @Override
  public AfterTrap waitForInterrupt() {
    throw new IllegalStateException("scripts do not wait");
  }

  @Override
  public AfterTrap budgetSpent(int blockInstructions, long blockAddress) {
    traps.add("%d more at %x".formatted(blockInstructions, blockAddress));
    return budgetsLeft-- > 0 ? AfterTrap.RESUME : AfterTrap.LEAVE;
  }

  private void run(long start, long budget, int... words) {
    for (int n = 0; n < words.length; n++) {
      memory.set(ValueLayout.JAVA_INT_UNALIGNED, start - RAM + Integer.BYTES * (long) n, words[n]);
    }
    registers[SavedRegisters.PC] = start;
    cpu.resumeAll(registers);
    cpu.budget().grant(budget);
    cpu.run(this);
    cpu.readAll(registers);
  }

  @Test
  void blocksAreCountedWholeAndTheKernelIsEnteredBehindTheSvc() {
    run(RAM, 100, ADD_ONE_TO_X1, ADD_ONE_TO_X1, SVC_7);
    assertThat(traps).containsExactly("svc 7 counted 3");
    assertThat(registers[1]).isEqualTo(2);
    assertThat(registers[SavedRegisters.PC]).isEqualTo(RAM + 12);
  }

  @Test
  void aBlockThatTheBudgetDoesNotCoverIsToldBeforeItRuns() {
    run(RAM, 4, ADD_ONE_TO_X1, BRANCH_TO_NEXT, ADD_ONE_TO_X1, ADD_ONE_TO_X1, SVC_7);
    assertThat(traps).containsExactly("3 more at 200008");
    assertThat(registers[1]).isEqualTo(1);
  }

  @Test
  void aHandlerMayLetTheBlockRunNevertheless() {
    budgetsLeft = 1;
    run(RAM, 0, ADD_ONE_TO_X1, SVC_7);
    assertThat(traps).containsExactly("2 more at 200000", "svc 7 counted 2");
  }

  @Test
  void aPageEndsABlock() {
    run(RAM + 0xFFC, 1, ADD_ONE_TO_X1, ADD_ONE_TO_X1, SVC_7);
    assertThat(traps).containsExactly("2 more at 201000");
  }

  @Test
  void aCallFromOutsideIsHeardAtTheNextBlock() {
    cpu.budget().callFromOutside();
    run(RAM, Long.MAX_VALUE, BRANCH_TO_SELF);
    assertThat(traps).containsExactly("1 more at 200000");
  }

  @Test
  void aCountDownIsDoneAtOnceAndCountedTurnByTurn() {
    registers[9] = 1L << 40;
    run(RAM, Long.MAX_VALUE, 0xF100_0529, 0x54FF_FFE1, SVC_7);
    assertThat(traps).containsExactly("svc 7 counted " + ((2L << 40) + 1));
    assertThat(registers[9]).isZero();
  }

  @Test
  void aCountDownStopsWhereTheBudgetEnds() {
    registers[9] = 1L << 40;
    run(RAM, 1_001, 0xF100_0529, 0x54FF_FFE1, SVC_7);
    assertThat(traps).containsExactly("2 more at 200000");
    assertThat(registers[9]).isEqualTo((1L << 40) - 500);
    assertThat(cpu.budget().counted()).isEqualTo(1_002);
  }

  @Test
  void whatScriptsDoNotContainIsUndefined() {
    // mul x1, x1, x1; brk #0.
    run(RAM, 100, ADD_ONE_TO_X1, 0x9B01_7C21, SVC_7);
    run(RAM, 100, 0xD420_0000);
    assertThat(traps)
        .containsExactly("undefined instruction 0x9b017c21", "undefined instruction 0xd4200000");
    assertThat(registers[1]).isEqualTo(1);
    assertThat(registers[SavedRegisters.PC]).isEqualTo(RAM);
  }

  @Test
  void codeThatIsNotThereIsNotFetched() {
    registers[30] = DEVICES;
    run(RAM, 100, 0xD65F_03C0);
    registers[30] = RAM + 2;
    run(RAM, 100, 0xD65F_03C0);
    assertThat(traps)
        .containsExactly(
            "jump to 0xfe000000, where no memory is", "jump to 0x200002, no multiple of 4");
  }

  @Test
  void anAccessWhereNothingIsFails() {
    registers[9] = RAM + RAM_BYTES - 2;
    run(RAM, 100, ADD_ONE_TO_X1, 0xB940_012A);
    run(RAM, 100, ADD_ONE_TO_X1, 0xB900_012A);
    assertThat(traps)
        .containsExactly("read of 4 bytes at 0x201ffe", "write of 4 bytes at 0x201ffe");
    assertThat(registers[SavedRegisters.PC]).isEqualTo(RAM + 4);
  }

  @Test
  void devicesSeeTheRegistersFromBeforeTheAccess() {
    long[] during = new long[SavedRegisters.COUNT];
    cpu.attach(
        new MmioWindow(
            DEVICES,
            0x1000,
            new MmioPort() {
              @Override
              public long read(long address, int bytes) {
                cpu.readDuringAccess(during);
                cpu.forgetCode(RAM, RAM + 4);
                return 0x8000_0000L;
              }

              @Override
              public void write(long address, int bytes, long value) {
                traps.add("%d bytes at %x: %x".formatted(bytes, address, value));
              }
            }));
    registers[9] = DEVICES + 0xFFC;
    registers[10] = 5;
    run(RAM, 100, 0xB940_012A, 0xB900_012A, SVC_7);
    assertThat(traps).containsExactly("4 bytes at fe000ffc: 80000000", "svc 7 counted 3");
    assertThat(during[10]).isEqualTo(5);
    assertThat(kernelWrites).as("a device's write is not the kernel's").isEmpty();
    cpu.forgetCode(RAM, RAM + 8);
    assertThat(kernelWrites).containsExactly("200000-200008");
  }
}
