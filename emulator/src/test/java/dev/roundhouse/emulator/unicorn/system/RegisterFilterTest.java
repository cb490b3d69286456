package dev.roundhouse.emulator.unicorn.system;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.roundhouse.emulator.cpu.CoreRegisters;
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
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The machine code calls for the registers that its table has, and for no other. */
class RegisterFilterTest {
  /** A register: CRn, CRm, op0, op1, op2, as the engine has them. */
  record Fields(int crn, int crm, int op0, int op1, int op2) {
    int[] words() {
      return new int[] {crn, crm, op0, op1, op2};
    }

    int key() {
      return CoreRegisters.key(op1, crn, crm, op2);
    }
  }

  private static final List<Fields> WANTED =
      List.of(
          new Fields(0, 0, 3, 0, 0),
          new Fields(9, 13, 3, 3, 0),
          new Fields(14, 15, 3, 3, 7),
          new Fields(15, 15, 3, 7, 7));

  /** TTBR0_EL1. */
  private static final Fields TABLES = new Fields(2, 0, 3, 0, 0);

  private static final List<Fields> OTHERS =
      List.of(
          new Fields(0, 0, 3, 0, 1),
          new Fields(9, 12, 3, 3, 0),
          new Fields(9, 13, 3, 2, 0),
          new Fields(14, 14, 3, 3, 7),
          new Fields(13, 0, 3, 3, 2));

  private static byte[] table() {
    byte[] table = new byte[CoreRegisters.KEYS];
    WANTED.forEach(fields -> table[fields.key()] = RegisterFilter.CALLS);
    table[TABLES.key()] = RegisterFilter.CHANGES_TABLES;
    return table;
  }

  @Test
  @SuppressWarnings("restricted") // calls the code as the engine does
  void theHostsCodeCallsForTheRegistersOfItsTable() throws Throwable {
    HostPlatform host = HostPlatform.current();
    assumeThat(RegisterFilter.forPlatform(host)).as("machine code for %s", host).isPresent();
    try (Arena arena = Arena.ofShared()) {
      MemorySegment function = NativeFunctions.callback((engine, r, f, state, e) -> r + 1, arena);
      MemorySegment pages = arena.allocate(32, 8);
      MemorySegment state = RegisterFilter.state(function, table(), pages.address(), arena);
      byte[] machineCode = RegisterFilter.forPlatform(host).orElseThrow();
      MemorySegment code = new HostMemory().executable(machineCode, arena);
      var shape = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
      MethodHandle hook = Linker.nativeLinker().downcallHandle(code, shape);
      for (Fields fields : WANTED) {
        long place = arena.allocateFrom(JAVA_INT, fields.words()).address();
        assertThat((long) hook.invokeExact(1L, 41L, place, state.address())).isEqualTo(42);
      }
      for (Fields fields : OTHERS) {
        long place = arena.allocateFrom(JAVA_INT, fields.words()).address();
        assertThat((long) hook.invokeExact(1L, 41L, place, state.address())).isZero();
      }
      assertThat(pages.get(JAVA_LONG, 24)).isZero();
      long place = arena.allocateFrom(JAVA_INT, TABLES.words()).address();
      assertThat((long) hook.invokeExact(1L, 41L, place, state.address())).isZero();
      assertThat(pages.get(JAVA_LONG, 8)).isEqualTo(-1);
      assertThat(pages.get(JAVA_LONG, 24)).isEqualTo(1);
    }
  }

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  /** The engine executes Arm code, so it can execute the hook of an Arm host too. */
  @ParameterizedTest
  @MethodSource("engines")
  void theCodeForArmCallsForTheRegistersOfItsTable(EngineUnderTest engine) {
    assumeThat(engine.library()).as(engine.name()).isPresent();
    long state = Guest.DATA;
    long place = Guest.DATA + 0x8000;
    long called = Guest.CODE + 0x400;
    long back = Guest.CODE + 0x800;
    try (Guest guest = new Guest(engine.library().orElseThrow())) {
      guest.code(Guest.CODE, listing(RegisterFilter.arm64()));
      guest.code(called, "d4000021 svc #1").code(back, "d4000001 svc #0");
      long pages = Guest.DATA + 0x9000;
      guest.put(state, pages);
      guest.put(state + 8, called);
      guest.put(state + 16 + TABLES.key(), RegisterFilter.CHANGES_TABLES);
      for (Fields fields : WANTED) {
        guest.put(state + 16 + fields.key(), 1);
      }
      List<Fields> all = Stream.of(WANTED, OTHERS, List.of(TABLES)).flatMap(List::stream).toList();
      for (Fields fields : all) {
        guest.put(place, fields.crn | (long) fields.crm << 32);
        guest.put(place + 8, fields.op0 | (long) fields.op1 << 32);
        guest.put(place + 16, fields.op2);
        guest.x(0, 1).x(1, 41).x(2, place).x(3, state);
        guest.registers[SavedRegisters.LR] = back;
        boolean isCalled = WANTED.contains(fields);
        assertThat(guest.run(Guest.CODE))
            .isEqualTo(isCalled ? new Exit.Call(1, called + 4) : new Exit.Call(0, back + 4));
        assertThat(guest.registers[0]).isEqualTo(isCalled ? 1 : 0);
        assertThat(guest.get(pages + 24)).isEqualTo(fields.equals(TABLES) ? 1 : 0);
      }
    }
  }

  private static String listing(byte[] code) {
    StringBuilder listing = new StringBuilder();
    for (int at = 0; at < code.length; at += 4) {
      for (int byteAt = 3; byteAt >= 0; byteAt--) {
        listing.append(HexFormat.of().toHexDigits(code[at + byteAt]));
      }
      listing.append('\n');
    }
    return listing.toString();
  }
}
