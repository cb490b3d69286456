package dev.roundhouse.emulator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import dev.roundhouse.emulator.debuginfo.DebugInfo;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.kernel.task.Priority;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.task.Tid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacktraceTest {
  private static final long STACK = 0x4010_0000L;
  private static final long END = STACK + 0x10_0000;
  private static final int FRAME_POINTER = 29;

  private static final long CODE = 0x4060_1000L;
  private static final int RET = 0xd65f_03c0;
  private static final int B = 0x1400_0000;
  private static final int BL = 0x9400_0000;
  private static final int OFFSET = 0x03ff_ffff;
  private static final int MOV = 0xaa01_03e0;
  private static final int PUSH_X29_X30 = 0xa9be_7bfd;
  private static final int PUSH_X30 = 0xf81f_0ffe;

  private final SparseMemory memory =
      new SparseMemory(new AddressRange(0x0020_0000L, 0x7000_0000L));
  private final Task task =
      new Task(new Tid(1), Tid.IDLE, new Priority(0), new AddressRange(STACK, END - STACK));

  private void frame(long at, long next, long returnAddress) {
    memory.putLong(at, next);
    memory.putLong(at + 8, returnAddress);
  }

  @Test
  void theChainOfFrameRecordsIsFollowedToItsEnd() {
    frame(END - 0x60, END - 0x40, 0x111);
    frame(END - 0x40, END - 0x20, 0x222);
    frame(END - 0x20, 0, 0x333);
    task.registers().setX(FRAME_POINTER, END - 0x60);
    assertThat(frames()).containsExactly("0x0", "0x111", "0x222", "0x333");
  }

  @ParameterizedTest(name = "x29 = {0}")
  @ValueSource(
      longs = {0, 8, -8, STACK - 16, END - 8, END, STACK + 4, Long.MIN_VALUE, Long.MAX_VALUE})
  void aWildFramePointerGivesNoCallers(long wild) {
    task.registers().setX(FRAME_POINTER, wild);
    assertThat(frames()).containsExactly("0x0");
  }

  @Test
  void aChainThatGoesInACircleEnds() {
    frame(END - 0x40, END - 0x40, 0x111);
    task.registers().setX(FRAME_POINTER, END - 0x40);
    assertThat(frames()).containsExactly("0x0", "0x111");
    frame(END - 0x80, END - 0x40, 0x222);
    frame(END - 0x40, END - 0x80, 0x111);
    task.registers().setX(FRAME_POINTER, END - 0x80);
    assertThat(frames()).containsExactly("0x0", "0x222", "0x111");
  }

  @Test
  void aVeryDeepRecursionIsCutShort() {
    for (long at = STACK; at < END - 0x40; at += 0x20) {
      frame(at, at + 0x20, 0x111);
    }
    task.registers().setX(FRAME_POINTER, STACK);
    assertThat(frames()).hasSize(25);
  }

  @Test
  void codeThatHasNotStoredTheReturnAddressHasItInX30() {
    task.registers().setPc(CODE + 8);
    task.registers().setX(30, 0x777);
    frame(END - 0x40, 0, 0x111);
    task.registers().setX(FRAME_POINTER, END - 0x40);
    code(RET, MOV, MOV);
    assertThat(frames()).containsExactly("0x40601008", "0x777", "0x111");
    code(RET, PUSH_X29_X30, MOV);
    assertThat(frames()).containsExactly("0x40601008", "0x111");
    code(RET, PUSH_X30, MOV);
    assertThat(frames()).containsExactly("0x40601008", "0x111");
  }

  @Test
  void whoJumpedToWhereNoCodeIsStandsInX30() {
    task.registers().setPc(0);
    task.registers().setX(30, 0x777);
    assertThat(frames()).containsExactly("0x0", "0x777");
  }

  /** outer was called by caller, and that by _start; none of them keeps a frame pointer. */
  @Test
  void callFrameInformationLeadsThroughFunctionsWithoutFramePointers() throws Exception {
    long sp = END - 0x80;
    memory.putLong(sp + 16, 0x214);
    task.registers().setPc(0x1cc);
    task.registers().setX(30, 0x1f0);
    task.registers().setX(FRAME_POINTER, 0x5a5a_5a5aL);
    task.registers().setSp(sp);
    assertThat(Backtrace.of(task, places("places.elf"), memory))
        .containsExactly(
            "    #0  0x1cc places.c:2 in innermost",
            "    #1  0x1cc places.c:5 in between",
            "    #2  0x1cc places.c:8 in outer",
            "    #3  0x1f0 places.c:12 in caller",
            "    #4  0x214 places.c:16 in _start");
  }

  @Test
  void callFrameInformationSaysWhatIsTrueBetweenAFunctionsFirstInstructions() throws Exception {
    Symbols symbols = places("places-dwarf4.elf");
    long sp = END - 0x80;
    task.registers().setPc(0x1a8);
    task.registers().setX(30, 0x1e4);
    task.registers().setX(FRAME_POINTER, sp);
    task.registers().setSp(sp);
    frame(sp, 0, 0x20_0000);
    List<String> first = Backtrace.of(task, symbols, memory);
    assertThat(first).hasSize(3).element(1).asString().endsWith("places.c:16 in _start");
    frame(sp - 32, sp, 0x1e4);
    task.registers().setPc(0x1ac);
    task.registers().setSp(sp - 32);
    task.registers().setX(30, 0xdead);
    assertThat(Backtrace.of(task, symbols, memory).subList(1, 3)).isEqualTo(first.subList(1, 3));
  }

  /** _start calls caller, which here ends in a jump to outer, as {@code return outer(x)} does. */
  @Test
  void aFunctionThatJumpedToTheOneThatIsThereIsFoundInTheCode() throws Exception {
    SparseMemory code = new SparseMemory(new AddressRange(0, 0x1000));
    code.putInt(0x210, BL | ((0x1e0 - 0x210) / 4 & OFFSET));
    code.putInt(0x1f8, B | ((0x1cc - 0x1f8) / 4 & OFFSET));
    task.registers().setPc(0x1d0);
    task.registers().setX(30, 0x214);
    assertThat(Backtrace.of(task, places("places.elf"), code).subList(3, 5))
        .containsExactly(
            "    #3  0x1f8 places.c:13 in caller", "    #4  0x214 places.c:16 in _start");
    code.putInt(0x1f0, B | ((0x1cc - 0x1f0) / 4 & OFFSET));
    assertThat(Backtrace.of(task, places("places.elf"), code).get(3))
        .as("which of two jumps it was, nothing tells")
        .isEqualTo("    #3  0x1f0 places.c:12 in caller or places.c:13 in caller");
  }

  @Test
  void whatAFunctionsOwnCallLeftInX30IsNoCaller() throws Exception {
    task.registers().setPc(0x1e0);
    task.registers().setX(30, 0x1f0);
    assertThat(Backtrace.of(task, places("places.elf"), memory)).hasSize(1);
    task.registers().setX(30, 0x214);
    assertThat(Backtrace.of(task, places("places.elf"), memory)).hasSize(2);
  }

  /** As of a label in assembly, behind a call that has come back. */
  @Test
  void whatTheCallJustBeforeAFunctionLeftInX30IsNoCaller() throws Exception {
    SparseMemory code = new SparseMemory(new AddressRange(0, 0x1000));
    code.putInt(0x1dc, BL | ((0x200 - 0x1dc) / 4 & OFFSET));
    task.registers().setPc(0x1e0);
    task.registers().setX(30, 0x1e0);
    assertThat(Backtrace.of(task, places("places.elf"), code)).hasSize(1);
    code.putInt(0x1dc, BL | ((0x1e0 - 0x1dc) / 4 & OFFSET));
    assertThat(Backtrace.of(task, places("places.elf"), code))
        .as("that call was of the function itself")
        .hasSizeGreaterThan(1);
  }

  private static Symbols places(String file) throws Exception {
    try (var in = DebugInfo.class.getResourceAsStream(file)) {
      return Symbols.of(KernelImage.parse(file, in.readAllBytes()));
    }
  }

  private void code(int... instructions) {
    for (int i = 0; i < instructions.length; i++) {
      memory.putInt(CODE + 4L * i, instructions[i]);
    }
  }

  private List<String> frames() {
    return Backtrace.of(task, Symbols.NONE, memory).stream()
        .map(line -> line.replaceFirst(" *#\\d+ +", ""))
        .toList();
  }
}
