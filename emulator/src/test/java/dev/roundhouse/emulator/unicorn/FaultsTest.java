package dev.roundhouse.emulator.unicorn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.roundhouse.emulator.unicorn.Guest.Exit;
import dev.roundhouse.kernel.report.Fault;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever guest code does, the JVM lives and hears of the fault with the exact pc. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.roundhouse.emulator.unicorn.EngineUnderTest#all")
class FaultsTest {
  private static final long BEHIND_RAM = Guest.RAM + Guest.RAM_BYTES;

  @Parameter EngineUnderTest engine;
  private Guest guest;

  @BeforeEach
  void makeGuest() {
    assumeThat(engine.library()).as(engine.name()).isPresent();
    guest = new Guest(engine.library().orElseThrow());
  }

  @AfterEach
  void closeGuest() {
    if (guest != null) {
      guest.close();
    }
  }

  private static Exit failed(Fault fault, long pc) {
    return new Exit.Failed(fault, pc);
  }

  private static Fault.DataAbort read(long address, int bytes) {
    return new Fault.DataAbort(address, bytes, Fault.Access.READ);
  }

  private static Fault.DataAbort write(long address, int bytes) {
    return new Fault.DataAbort(address, bytes, Fault.Access.WRITE);
  }

  @ParameterizedTest(name = "address {0}")
  @ValueSource(
      longs = {
        0,
        0x1000,
        0x1F_FFF8,
        0x420_0000,
        0x4000_0000,
        0xDEAD_0000L,
        0xFBFF_FFF8L,
        0x1_0000_0000L,
        0x1_0000_1000L,
        0x40_0000_0000L,
        0x7F_FFFF_FFF8L,
        0x80_0000_0000L,
        0x7FFF_FFFF_FFFF_FFF8L,
        0x8000_0000_0000_0000L,
        0xFF00_0000_0020_0000L,
        -8
      })
  void aLoadOrStoreWhereNothingIsIsADataAbortOfThatInstruction(long nowhere) {
    guest.code(
        Guest.CODE,
        """
        d503201f nop
        f9400001 ldr x1, [x0]
        d503201f nop
        f9000001 str x1, [x0]
        """);
    assertThat(guest.x(0, nowhere).run(Guest.CODE))
        .isEqualTo(failed(read(nowhere, 8), Guest.CODE + 4));
    assertThat(guest.run(Guest.CODE + 8)).isEqualTo(failed(write(nowhere, 8), Guest.CODE + 12));
  }

  @Test
  void aFaultInABlockThatAnotherOneChainedToHasTheExactPc() {
    guest.code(
        Guest.CODE,
        """
        d2800141 mov x1, #10
        f9400002 1: ldr x2, [x0]
        f9000402 str x2, [x0, #8]
        91400400 add x0, x0, #1, lsl #12
        17fffffd b 1b
        """);
    assertThat(guest.x(0, BEHIND_RAM - 0x3000).run(Guest.CODE))
        .isEqualTo(failed(read(BEHIND_RAM, 8), Guest.CODE + 4));
    assertThat(guest.registers[0]).isEqualTo(BEHIND_RAM);
  }

  @Test
  void aListWalkThatMeetsABadPointerHasThePcOfTheSecondLoad() {
    guest.code(
        Guest.CODE,
        """
        f9400000 ldr x0, [x0]
        f9400000 ldr x0, [x0]
        d4000001 svc #0
        """);
    guest.put(Guest.DATA, 0x30);
    assertThat(guest.x(0, Guest.DATA).run(Guest.CODE))
        .isEqualTo(failed(read(0x30, 8), Guest.CODE + 4));
  }

  @Test
  void anAccessThatLeavesRamFailsAtTheFirstByteOutside() {
    guest.code(Guest.CODE, "f9400001 ldr x1, [x0]");
    assertThat(guest.x(0, BEHIND_RAM - 4).run(Guest.CODE))
        .isEqualTo(failed(read(BEHIND_RAM, 8), Guest.CODE));
    assertThat(guest.x(0, Guest.RAM - 4).run(Guest.CODE))
        .isEqualTo(failed(read(Guest.RAM - 4, 8), Guest.CODE));
  }

  @ParameterizedTest(name = "address {0}")
  @ValueSource(
      longs = {
        0,
        0x1F_FFFC,
        0x420_0000,
        0xDEAD_0000L,
        0xFE20_1000L,
        0x1_0000_0000L,
        0x80_0000_0000L,
        -4
      })
  void aJumpToWhereNoCodeCanBeIsAPrefetchAbort(long nowhere) {
    guest.code(Guest.CODE, "d61f0000 br x0");
    assertThat(guest.x(0, nowhere).run(Guest.CODE))
        .isEqualTo(failed(new Fault.PrefetchAbort(nowhere), nowhere));
  }

  @Test
  void codeThatRunsOnBehindTheEndOfRamIsAPrefetchAbort() {
    guest.code(BEHIND_RAM - 4, "d503201f nop");
    assertThat(guest.run(BEHIND_RAM - 4))
        .isEqualTo(failed(new Fault.PrefetchAbort(BEHIND_RAM), BEHIND_RAM));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPcThatIsNoMultipleOfFourIsAnAlignmentFaultThere(long off) {
    guest.code(
        Guest.CODE,
        """
        d61f0000 br x0
        01d50320 nop, three times over two bytes
        201f03d5
        d503201f nop
        """);
    long odd = Guest.CODE + 4 + off;
    assertThat(guest.x(0, odd).run(Guest.CODE)).isEqualTo(failed(new Fault.PcAlignment(odd), odd));
    assertThat(guest.run(odd)).isEqualTo(failed(new Fault.PcAlignment(odd), odd));
  }

  @Test
  void anOddPcWhereNoMemoryIsIsAnAlignmentFaultToo() {
    assertThat(guest.run(0xDEAD_0001L))
        .isEqualTo(failed(new Fault.PcAlignment(0xDEAD_0001L), 0xDEAD_0001L));
  }

  @Test
  void anExclusiveThatIsNotAlignedIsAnAlignmentFault() {
    guest.code(
        Guest.CODE,
        """
        d503201f nop
        c85f7c01 ldxr x1, [x0]
        """);
    assertThat(guest.x(0, Guest.DATA + 4).run(Guest.CODE))
        .isEqualTo(failed(new Fault.Alignment(Guest.DATA + 4), Guest.CODE + 4));
  }

  @Test
  void anOrdinaryLoadNeedsNoAlignment() {
    guest.code(
        Guest.CODE,
        """
        f9400001 ldr x1, [x0]
        d4000001 svc #0
        """);
    guest.put(Guest.DATA + 0xFFD, 0x0102_0304_0506_0708L);
    assertThat(guest.x(0, Guest.DATA + 0xFFD).run(Guest.CODE))
        .isEqualTo(new Exit.Call(0, Guest.CODE + 8));
    assertThat(guest.registers[1]).isEqualTo(0x0102_0304_0506_0708L);
  }

  static Stream<String> notAllowedAtEl0() {
    return Stream.of(
        "00000000 udf #0",
        "ffffffff not allocated",
        "d5381000 mrs x0, sctlr_el1",
        "d5380000 mrs x0, midr_el1",
        "d5384240 mrs x0, currentel",
        "d5182000 msr ttbr0_el1, x0",
        "d518c000 msr vbar_el1, x0",
        "d508871f tlbi vmalle1",
        "d50b7b20 dc cvau, x0",
        "d50b7520 ic ivau, x0",
        "d50b7420 dc zva, x0",
        "d53b0020 mrs x0, ctr_el0",
        "d53be020 mrs x0, cntpct_el0",
        "d53be040 mrs x0, cntvct_el0",
        "d69f03e0 eret",
        "d4400000 hlt #0",
        "d4000002 hvc #0",
        "d4000003 smc #0");
  }

  @ParameterizedTest
  @MethodSource("notAllowedAtEl0")
  void whatEl0MayNotDoIsAnUndefinedInstruction(String instruction) {
    guest.code(Guest.CODE, "d503201f nop\n" + instruction);
    int word = Listing.words(instruction)[0];
    assertThat(guest.run(Guest.CODE))
        .isEqualTo(failed(new Fault.UndefinedInstruction(word), Guest.CODE + 4));
  }

  /** The BCM2711's cores are without it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "4e284820 aese v0.16b, v1.16b",
        "4e287820 aesimc v0.16b, v1.16b",
        "5e020020 sha1c q0, s1, v2.4s",
        "5e282820 sha256su0 v0.4s, v1.4s",
        "0ee2e020 pmull v0.1q, v1.1d, v2.1d"
      })
  void anInstructionOfTheCryptographicExtensionIsUndefined(String instruction) {
    guest.code(Guest.CODE, "d503201f nop\n" + instruction);
    int word = Listing.words(instruction)[0];
    assertThat(guest.run(Guest.CODE))
        .isEqualTo(failed(new Fault.UndefinedInstruction(word), Guest.CODE + 4));
  }

  @Test
  void aPolynomialProductOfBytesAndAChecksumAreNoneOfThem() {
    guest.code(
        Guest.CODE,
        "0e22e020 pmull v0.8h, v1.8b, v2.8b\n1ac14800 crc32w w0, w0, w1\nd4000001 svc #0");
    assertThat(guest.run(Guest.CODE)).isEqualTo(new Exit.Call(0, Guest.CODE + 12));
  }

  @Test
  void aBreakpointHasItsImmediate() {
    guest.code(Guest.CODE, "d503201f nop\nd4200540 brk #42");
    assertThat(guest.run(Guest.CODE)).isEqualTo(failed(new Fault.Breakpoint(42), Guest.CODE + 4));
  }

  @Test
  void afterAFaultTheProcessorRunsOtherCode() {
    guest.code(Guest.CODE, "f9400001 ldr x1, [x0]\nd40000e1 svc #7");
    assertThat(guest.x(0, 0).run(Guest.CODE)).isInstanceOf(Exit.Failed.class);
    assertThat(guest.x(0, Guest.DATA).run(Guest.CODE)).isEqualTo(new Exit.Call(7, Guest.CODE + 8));
  }

  @Test
  void waitForInterruptLeavesAndWaitForEventAndYieldGoOn() {
    guest.code(
        Guest.CODE,
        """
        d503205f wfe
        d503203f yield
        d503207f wfi
        d4000001 svc #0
        """);
    assertThat(guest.run(Guest.CODE)).isEqualTo(new Exit.Waits(Guest.CODE + 12));
    assertThat(guest.goOn()).isEqualTo(new Exit.Call(0, Guest.CODE + 16));
  }

  @Test
  void aCallToADebuggerIsNoFaultAndCodeGoesOnBehindIt() {
    guest.code(Guest.CODE, "d503201f nop\nd45e0000 hlt #0xf000\nd4000001 svc #0");
    assertThat(guest.run(Guest.CODE)).isEqualTo(new Exit.Asks(Guest.CODE + 4));
    assertThat(guest.run(Guest.CODE + 8)).isEqualTo(new Exit.Call(0, Guest.CODE + 12));
  }
}
