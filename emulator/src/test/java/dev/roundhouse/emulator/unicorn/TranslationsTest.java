package dev.roundhouse.emulator.unicorn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.roundhouse.emulator.unicorn.Guest.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that was written is the code that runs, whoever wrote it and whatever ran there before. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.roundhouse.emulator.unicorn.EngineUnderTest#all")
class TranslationsTest {
  private static final String GIVE_11 = "52800160 mov w0, #11\nd65f03c0 ret";
  private static final String GIVE_22 = "528002c0 mov w0, #22\nd65f03c0 ret";
  private static final int MOV_22 = 0x528002c0;
  private static final long FUNCTION = Guest.DATA;

  /** Stores w1 at x0, then calls x2. */
  private static final String STORE_AND_CALL =
      """
      b9000001 str w1, [x0]
      d63f0040 blr x2
      d4000001 svc #0
      """;

  @Parameter EngineUnderTest engine;
  private Guest guest;

  @BeforeEach
  void makeGuest() {
    assumeThat(engine.library()).as(engine.name()).isPresent();
    guest = new Guest(engine.library().orElseThrow());
    guest.code(Guest.CODE, STORE_AND_CALL);
  }

  @AfterEach
  void closeGuest() {
    if (guest != null) {
      guest.close();
    }
  }

  /** What the function gives after a store. */
  private long storeAndCall(long at, int word) {
    assertThat(guest.x(0, at).x(1, word).x(2, FUNCTION).run(Guest.CODE))
        .isInstanceOf(Exit.Call.class);
    return guest.registers[0];
  }

  @Test
  void oneTaskWritesCodeThatAnotherRuns() {
    guest.code(FUNCTION, GIVE_11);
    assertThat(storeAndCall(FUNCTION, MOV_22)).isEqualTo(22);
  }

  @Test
  void codeThatHasRunIsOverwrittenByATask() {
    guest.code(FUNCTION, GIVE_11);
    assertThat(storeAndCall(Guest.STACK, 0)).isEqualTo(11);
    assertThat(storeAndCall(FUNCTION, MOV_22)).isEqualTo(22);
    assertThat(storeAndCall(Guest.STACK, 0)).isEqualTo(22);
  }

  @ParameterizedTest(name = "{0} bytes into the function's page")
  @ValueSource(longs = {0, 0x400, 0xC00, 0xFF8})
  void codeAnywhereInItsPageIsOverwritten(long offset) {
    guest.code(FUNCTION, "d65f03c0 ret");
    guest.code(FUNCTION + offset, GIVE_11);
    assertThat(callAfterStoringTo(FUNCTION + offset, 0x52800160)).isEqualTo(11);
    assertThat(callAfterStoringTo(FUNCTION + offset, MOV_22)).isEqualTo(22);
  }

  private long callAfterStoringTo(long function, int word) {
    guest.x(0, function).x(1, word).x(2, function);
    assertThat(guest.run(Guest.CODE)).isInstanceOf(Exit.Call.class);
    return guest.registers[0];
  }

  @Test
  void aLoaderWritesOverCodeThatHasRun() {
    guest.code(FUNCTION, GIVE_11);
    assertThat(storeAndCall(Guest.STACK, 0)).isEqualTo(11);
    guest.load(FUNCTION, GIVE_22);
    assertThat(storeAndCall(Guest.STACK, 0)).isEqualTo(22);
    guest.load(FUNCTION, GIVE_11);
    assertThat(storeAndCall(Guest.STACK, 0)).isEqualTo(11);
  }

  @Test
  void aLoaderWritesFromWithinATrap() {
    guest.code(
        Guest.CODE,
        """
        d63f0040 blr x2
        d4000021 svc #1
        d63f0040 blr x2
        d4000041 svc #2
        """);
    guest.code(FUNCTION, GIVE_11);
    long first = guest.x(2, FUNCTION).runThrough(Guest.CODE, () -> guest.load(FUNCTION, GIVE_22));
    assertThat(first).isEqualTo(11);
    assertThat(guest.registers[0]).isEqualTo(22);
  }

  @Test
  void aPageIsCodeThenDataThenCodeAgain() {
    guest.code(FUNCTION, GIVE_11);
    assertThat(storeAndCall(Guest.STACK, 0)).isEqualTo(11);
    guest.load(Guest.CODE, STORE_AND_CALL);
    for (int at = 0; at < 0x1000; at += 4) {
      guest.put(Guest.STACK, 0);
      storeOnly(FUNCTION + at, at);
    }
    guest.load(FUNCTION, GIVE_22);
    assertThat(storeAndCall(Guest.STACK, 0)).isEqualTo(22);
  }

  private void storeOnly(long at, int word) {
    guest.x(0, at).x(1, word);
    guest.code(Guest.CODE + 0x100, "b9000001 str w1, [x0]\nd4000001 svc #0");
    assertThat(guest.run(Guest.CODE + 0x100)).isInstanceOf(Exit.Call.class);
    assertThat((int) guest.get(at)).isEqualTo(word);
  }

  @Test
  void codeThatChangesItselfAThousandTimesNeverRunsStale() {
    guest.code(
        Guest.CODE,
        """
        aa0303e0 1: mov x0, x3
        b9000001 str w1, [x0]
        d63f0060 blr x3
        8b0000a5 add x5, x5, x0
        ca040021 eor x1, x1, x4
        f10004c6 subs x6, x6, #1
        54ffff41 b.ne 1b
        d4000001 svc #0
        """);
    guest.code(FUNCTION, GIVE_11);
    guest.x(1, 0x52800160).x(3, FUNCTION).x(4, 0x52800160 ^ MOV_22).x(5, 0).x(6, 1000);
    assertThat(guest.run(Guest.CODE)).isInstanceOf(Exit.Call.class);
    assertThat(guest.registers[5]).isEqualTo(500 * 11 + 500 * 22);
  }

  @Test
  void codeChangesCodeBehindItselfInItsOwnPage() {
    guest.code(
        Guest.CODE,
        """
        b9000001 str w1, [x0]
        14000001 b .+4
        52800160 mov w0, #11
        d4000001 svc #0
        """);
    guest.x(0, Guest.CODE + 8).x(1, 0x52800160);
    assertThat(guest.run(Guest.CODE)).isInstanceOf(Exit.Call.class);
    assertThat(guest.registers[0]).isEqualTo(11);
    guest.x(0, Guest.CODE + 8).x(1, MOV_22);
    assertThat(guest.run(Guest.CODE)).isInstanceOf(Exit.Call.class);
    assertThat(guest.registers[0]).isEqualTo(22);
  }

  @Test
  void aTaskFillsAWholePageAnewAgainAndAgain() {
    guest.code(
        Guest.CODE,
        """
        d2800005 mov x5, #0
        f8656803 1: ldr x3, [x0, x5]
        f8256823 str x3, [x1, x5]
        910020a5 add x5, x5, #8
        f14004bf cmp x5, #1, lsl #12
        54ffff81 b.ne 1b
        d63f0040 blr x2
        d4000001 svc #0
        """);
    for (int turn = 0; turn < 40; turn++) {
      for (int place = 0; place < 8; place++) {
        int value = 8 * turn + place;
        guest.put(Guest.STACK + 0x200L * place, 0xd65f03c0_52800000L | (long) value << 5);
      }
      for (int place = 0; place < 8; place++) {
        guest.x(0, Guest.STACK).x(1, FUNCTION).x(2, FUNCTION + 0x200L * place);
        assertThat(guest.run(Guest.CODE)).isInstanceOf(Exit.Call.class);
        assertThat(guest.registers[0]).isEqualTo(8 * turn + place);
      }
    }
  }

  @Test
  void codeThatStoresOverItsNextInstructionEndsWithItsBudget() {
    guest.code(
        Guest.CODE,
        """
        b9000001 1: str w1, [x0]
        d503201f nop
        17fffffe b 1b
        """);
    guest.cpu.budget().grant(3000);
    guest.x(0, Guest.CODE + 4).x(1, 0xd503201f);
    assertThat(guest.run(Guest.CODE)).isInstanceOf(Exit.Spent.class);
    assertThat(guest.cpu.budget().takeCounted()).isBetween(2990L, 3010L);
  }
}
