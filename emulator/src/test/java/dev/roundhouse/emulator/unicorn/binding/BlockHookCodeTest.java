package dev.roundhouse.emulator.unicorn.binding;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.roundhouse.emulator.hostos.HostMemory;
import dev.roundhouse.emulator.hostos.HostPlatform;
import dev.roundhouse.emulator.hostos.NativeFunctions;
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
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The machine code does what {@link BlockCounter#startBlock} does, and calls when that says so. */
class BlockHookCodeTest {
  private static final long LEFT = 10;

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
    HostPlatform host = HostPlatform.current();
    assumeThat(BlockHookCode.forPlatform(host)).as("machine code for %s", host).isPresent();
    assertAgrees(BlockHookCode.forPlatform(host).orElseThrow(), BlockHookCodeTest::assertSamePages);
  }

  @Test
  void theHostsCodeForWholeSystemsAgreesWithJava() throws Throwable {
    HostPlatform host = HostPlatform.current();
    assumeThat(BlockHookCode.forSystem(host)).as("machine code for %s", host).isPresent();
    assertAgrees(
        BlockHookCode.forSystem(host).orElseThrow(), BlockHookCodeTest::assertSameLatestBlock);
  }

  @SuppressWarnings("restricted") // calls the code as the engine does
  private static void assertAgrees(byte[] machineCode, BiConsumer<BlockCounter, BlockCounter> check)
      throws Throwable {
    try (Arena arena = Arena.ofShared()) {
      BlockCounter counted = new BlockCounter(arena);
      List<Block> called = new ArrayList<>();
      counted.callWhenSpent(
          NativeFunctions.callback(
              (engine, address, instructions, state, e) -> {
                called.add(new Block(address, (int) instructions));
                return 0;
              },
              arena));
      MemorySegment code = new HostMemory().executable(machineCode, arena);
      var shape = FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
      MethodHandle hook = Linker.nativeLinker().downcallHandle(code, shape);
      BlockCounter expected = new BlockCounter(arena);
      List<Block> expectedCalls = new ArrayList<>();
      counted.grant(LEFT);
      expected.grant(LEFT);
      for (Block block : blocks()) {
        long rubbish = 0x5555_5555_0000_0000L;
        hook.invokeExact(1L, block.address, rubbish | 4L * block.instructions, counted.address());
        if (expected.startBlock(block.address, block.instructions)) {
          expectedCalls.add(block);
        }
        assertThat(counted.takeCounted()).isEqualTo(expected.takeCounted());
        check.accept(counted, expected);
      }
      assertThat(called).isEqualTo(expectedCalls).hasSize(4);
    }
  }

  private static void assertSameLatestBlock(BlockCounter counted, BlockCounter expected) {
    assertThat(counted.latestBlock()).isEqualTo(expected.latestBlock());
    assertThat(counted.latestInstructions()).isEqualTo(expected.latestInstructions());
  }

  private static void assertSamePages(BlockCounter counted, BlockCounter expected) {
    for (Block block : blocks()) {
      for (long page = block.address >>> 12; page < (block.address >>> 12) + 3; page++) {
        assertThat(counted.wasExecuted(page)).isEqualTo(expected.wasExecuted(page));
      }
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
    assertArmCodeAgrees(
        engine,
        BlockHookCode.arm64(),
        (guest, block) ->
            assertThat(guest.get(Guest.DATA + 32 + (block.address >>> 12)) & 0xff).isEqualTo(1));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theCodeForArmOfWholeSystemsAgreesWithJava(EngineUnderTest engine) {
    assumeThat(engine.library()).as(engine.name()).isPresent();
    assertArmCodeAgrees(
        engine,
        BlockHookCode.arm64System(),
        (guest, block) -> {
          assertThat(guest.get(Guest.DATA + 16)).isEqualTo(block.address);
          assertThat((int) guest.get(Guest.DATA + 24)).isEqualTo(block.instructions);
        });
  }

  private static void assertArmCodeAgrees(
      EngineUnderTest engine, byte[] code, BiConsumer<Guest, Block> check) {
    long state = Guest.DATA;
    long whenSpent = Guest.CODE + 0x400;
    long whenBack = Guest.CODE + 0x800;
    try (Guest guest = new Guest(engine.library().orElseThrow());
        Arena arena = Arena.ofConfined()) {
      StringBuilder listing = new StringBuilder();
      for (int at = 0; at < code.length; at += 4) {
        for (int place = 3; place >= 0; place--) {
          listing.append(HexFormat.of().toHexDigits(code[at + place]));
        }
        listing.append('\n');
      }
      guest.code(Guest.CODE, listing.toString());
      guest.code(whenSpent, "d4000021 svc #1").code(whenBack, "d4000001 svc #0");
      guest.put(state, LEFT);
      guest.put(state + 8, whenSpent);
      BlockCounter expected = new BlockCounter(arena);
      expected.grant(LEFT);
      long left = LEFT;
      for (Block block : blocks()) {
        guest.x(0, 1).x(1, block.address).x(2, 4L * block.instructions).x(3, state);
        guest.registers[SavedRegisters.LR] = whenBack;
        boolean isCalled = expected.startBlock(block.address, block.instructions);
        left -= block.instructions;
        assertThat(guest.run(Guest.CODE))
            .isEqualTo(isCalled ? new Exit.Call(1, whenSpent + 4) : new Exit.Call(0, whenBack + 4));
        assertThat(guest.get(state)).isEqualTo(left);
        assertThat(guest.registers[1]).isEqualTo(block.address);
        assertThat(guest.registers[2]).isEqualTo(block.instructions);
        assertThat(guest.registers[3]).isEqualTo(state);
        check.accept(guest, block);
      }
    }
  }
}
