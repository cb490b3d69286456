package dev.roundhouse.emulator.unicorn.binding;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.roundhouse.emulator.platform.HostMemory;
import dev.roundhouse.emulator.platform.HostPlatform;
import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.unicorn.EngineUnderTest;
import dev.roundhouse.emulator.unicorn.Guest;
import dev.roundhouse.emulator.unicorn.Guest.Exit;
import dev.roundhouse.kernel.abi.SavedRegisters;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The machine code does what {@link BlockCounter#startBlock} does, and calls when that says so. */
class BlockHookCodeTest {
  private static final long LEFT = 10;

  /** Another thread calls before this block of {@link #blocks}, and is heard after it. */
  private static final int CALLED_AT = 1;

  private static final int CALLED = 28;

  private static final long BLOCK_ADDRESS = 0x4003_5120L;
  private static final long ENTRY = 32 + (0x35 << 5);
  private static final long PSTATE = 0x3000;
  private static final long TRANSLATED = 0x4000;
  private static final long PRESENT = 0x5000;

  /** A block: where, and how many instructions. */
  record Block(long address, int instructions) {}

  private static List<Block> blocks() {
    return List.of(
        new Block(0x4000_0000L, 3),
        new Block(0x4000_1ffcL, 7),
        new Block(0x0020_0000L, 1),
        new Block(0x4000_0000L, 100),
        new Block(0x4000_0002L, 0),
        new Block(0x7fff_fffcL, 1));
  }

  @Test
  void theHostsCodeAgreesWithJava() throws Throwable {
    try (Arena arena = Arena.ofShared()) {
      HostHook hook = new HostHook(arena);
      BlockCounter expected = new BlockCounter(arena);
      List<Block> expectedCalls = new ArrayList<>();
      hook.counter.grant(LEFT);
      expected.grant(LEFT);
      for (Block block : blocks()) {
        callOrHear(hook.counter, block);
        callOrHear(expected, block);
        hook.start(block);
        if (expected.startBlock(block.address, block.instructions)) {
          expectedCalls.add(block);
        }
        assertThat(hook.counter.takeCounted()).isEqualTo(expected.takeCounted());
        assertThat(hook.counter.latestBlock()).isEqualTo(expected.latestBlock());
        assertThat(hook.counter.latestInstructions()).isEqualTo(expected.latestInstructions());
      }
      assertThat(hook.called).isEqualTo(expectedCalls).hasSize(5);
    }
  }

  private static void callOrHear(BlockCounter counter, Block next) {
    if (next.equals(blocks().get(CALLED_AT))) {
      counter.callFromOutside();
    } else {
      counter.callIsHeard();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theHostsCodeCallsBeforeABlockThatIsNotKnownToBeAsItWas(KnownBlock known) throws Throwable {
    try (Arena arena = Arena.ofShared()) {
      HostHook hook = new HostHook(arena);
      MemorySegment state = arena.allocate(KnownBlock.STATE_BYTES, 8);
      long base = state.address();
      known.layOut(base, (address, value) -> state.set(JAVA_LONG, address - base, value));
      hook.counter.grant(Integer.MAX_VALUE);
      hook.start(KnownBlock.BLOCK);
      assertThat(hook.called).as("nothing is compared").isEmpty();
      hook.counter.compareBlocks(base);
      hook.start(known.block());
      assertThat(hook.called).hasSize(known.isCalled() ? 1 : 0);
    }
  }

  /** The machine code for this host, and which blocks it called for. */
  private static final class HostHook {
    final BlockCounter counter;
    final List<Block> called = new ArrayList<>();
    private final MethodHandle hook;

    @SuppressWarnings("restricted") // calls the code as the engine does
    HostHook(Arena arena) {
      HostPlatform host = HostPlatform.current();
      assumeThat(BlockHookCode.forPlatform(host)).as("machine code for %s", host).isPresent();
      counter = new BlockCounter(arena);
      counter.callWhenSpent(
          NativeFunctions.callback(
              (engine, address, instructions, state, e) -> {
                called.add(new Block(address, (int) instructions));
                return 0;
              },
              arena));
      byte[] machineCode = BlockHookCode.forPlatform(host).orElseThrow();
      MemorySegment code = new HostMemory().executable(machineCode, arena);
      var shape = FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
      hook = Linker.nativeLinker().downcallHandle(code, shape);
    }

    void start(Block block) throws Throwable {
      long rubbish = 0x5555_5555_0000_0000L;
      hook.invokeExact(1L, block.address, rubbish | 4L * block.instructions, counter.address());
    }
  }

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  /** The engine executes Arm code, so it can execute the hook of an Arm host too. */
  @ParameterizedTest
  @MethodSource("engines")
  void theCodeForArmAgreesWithJava(EngineUnderTest engine) {
    assumeThat(engine.library()).as(engine.name()).isPresent();
    try (ArmHook hook = new ArmHook(engine);
        Arena arena = Arena.ofConfined()) {
      hook.guest.put(ArmHook.STATE, LEFT);
      BlockCounter expected = new BlockCounter(arena);
      expected.grant(LEFT);
      long left = LEFT;
      for (Block block : blocks()) {
        callOrHear(expected, block);
        boolean isCalledFromOutside = block.equals(blocks().get(CALLED_AT));
        hook.guest.put(
            ArmHook.STATE + CALLED - Integer.BYTES, isCalledFromOutside ? 1L << Integer.SIZE : 0);
        boolean isCalled = expected.startBlock(block.address, block.instructions);
        left -= block.instructions;
        assertThat(hook.calls(block)).isEqualTo(isCalled);
        assertThat(hook.guest.get(ArmHook.STATE)).isEqualTo(left);
        assertThat(hook.guest.get(ArmHook.STATE + 16)).isEqualTo(block.address);
        assertThat((int) hook.guest.get(ArmHook.STATE + 24)).isEqualTo(block.instructions);
        assertThat(hook.guest.registers[1]).isEqualTo(block.address);
        assertThat(hook.guest.registers[2]).isEqualTo(block.instructions);
        assertThat(hook.guest.registers[3]).isEqualTo(ArmHook.STATE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCodeForArmCallsBeforeABlockThatIsNotKnownToBeAsItWas(KnownBlock known) {
    EngineUnderTest engine = EngineUnderTest.all().findFirst().orElseThrow();
    assumeThat(engine.library()).as(engine.name()).isPresent();
    try (ArmHook hook = new ArmHook(engine)) {
      long state = Guest.DATA + 0x8000;
      known.layOut(state, hook.guest::put);
      hook.guest.put(ArmHook.STATE, Integer.MAX_VALUE);
      assertThat(hook.calls(KnownBlock.BLOCK)).as("nothing is compared").isFalse();
      hook.guest.put(ArmHook.STATE + 32, state);
      assertThat(hook.calls(known.block())).isEqualTo(known.isCalled());
    }
  }

  /** The machine code for an Arm host, executed as a guest's. */
  private static final class ArmHook implements AutoCloseable {
    static final long STATE = Guest.DATA;
    private static final long WHEN_SPENT = Guest.CODE + 0x400;
    private static final long WHEN_BACK = Guest.CODE + 0x800;
    final Guest guest;

    ArmHook(EngineUnderTest engine) {
      guest = new Guest(engine.library().orElseThrow());
      byte[] code = BlockHookCode.arm64();
      StringBuilder listing = new StringBuilder();
      for (int at = 0; at < code.length; at += 4) {
        for (int place = 3; place >= 0; place--) {
          listing.append(HexFormat.of().toHexDigits(code[at + place]));
        }
        listing.append('\n');
      }
      guest.code(Guest.CODE, listing.toString());
      guest.code(WHEN_SPENT, "d4000021 svc #1").code(WHEN_BACK, "d4000001 svc #0");
      guest.put(STATE + 8, WHEN_SPENT);
    }

    boolean calls(Block block) {
      guest.x(0, 1).x(1, block.address).x(2, 4L * block.instructions).x(3, STATE);
      guest.registers[SavedRegisters.LR] = WHEN_BACK;
      Exit exit = guest.run(Guest.CODE);
      assertThat(exit).isIn(new Exit.Call(1, WHEN_SPENT + 4), new Exit.Call(0, WHEN_BACK + 4));
      return exit.equals(new Exit.Call(1, WHEN_SPENT + 4));
    }

    @Override
    public void close() {
      guest.close();
    }
  }

  /** What is known of a block of three instructions, as system.VirtualPages lays it out. */
  enum KnownBlock {
    AS_IT_WAS(PSTATE, 4, BLOCK_ADDRESS, Calls.NO),
    LAST_WORD_CHANGED(PRESENT + 0x128, 0x1234, BLOCK_ADDRESS, Calls.YES),
    WORD_BEHIND_IT_CHANGED(PRESENT + 0x130, 0x1234, BLOCK_ADDRESS, Calls.NO),
    TABLES_CHANGED(24, 1, BLOCK_ADDRESS, Calls.YES),
    OTHER_PAGE(PSTATE, 4, BLOCK_ADDRESS + (256 << 12), Calls.YES),
    AT_EL2(PSTATE, 8, BLOCK_ADDRESS, Calls.YES),
    NEVER_TRANSLATED(ENTRY + 8, 0, BLOCK_ADDRESS, Calls.YES),
    ACROSS_PAGES(PSTATE, 4, BLOCK_ADDRESS + 0xEDC, Calls.YES);

    private enum Calls {
      YES,
      NO
    }

    static final long STATE_BYTES = 0x6000;
    static final Block BLOCK = new Block(BLOCK_ADDRESS, 3);

    private final long offset;
    private final long value;
    private final long start;
    private final Calls calls;

    /** Puts 8 bytes at an address. */
    interface Memory {
      void put(long address, long value);
    }

    /** What differs from a block that is as it was: 8 bytes at an offset, and where it starts. */
    KnownBlock(long offset, long value, long start, Calls calls) {
      this.offset = offset;
      this.value = value;
      this.start = start;
      this.calls = calls;
    }

    Block block() {
      return new Block(start, 3);
    }

    boolean isCalled() {
      return calls == Calls.YES;
    }

    void layOut(long base, Memory memory) {
      memory.put(base + 16, base + PSTATE);
      memory.put(base + PSTATE, 4);
      memory.put(base + ENTRY, BLOCK_ADDRESS >>> 12);
      memory.put(base + ENTRY + 8, base + TRANSLATED);
      memory.put(base + ENTRY + 16, base + PRESENT);
      for (long page : new long[] {TRANSLATED, PRESENT}) {
        memory.put(base + page + 0x120, 0xd503201f_d503201fL);
        memory.put(base + page + 0x128, 0xd65f03c0L);
      }
      memory.put(base + offset, value);
    }
  }
}
