package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.system.WatchedEngine.Registers;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loops that poll devices take less work and are the same in every other respect. */
class PollSkipTest {
  private static final long UART3 = 0xFE20_1600L;
  private static final int NOPS = 60;

  /** Waits for the timer, some times. */
  private static byte[] timerWait(long microseconds, long times) {
    GuestCode code = new GuestCode().keepReturn().set(19, times).set(1, 0xFE00_3000L);
    code.set(4, microseconds);
    int again = code.here();
    code.word(0xB940_0423); // ldr w3, [x1, #4]
    code.word(0xB940_0420); // ldr w0, [x1, #4]
    code.word(0x4B03_0002); // sub w2, w0, w3
    code.word(0x6B04_005F); // cmp w2, w4
    code.word(0x54FF_FFA3); // b.lo, to the second load
    return code.countDownTo(again).end();
  }

  /** Sends bytes to a 6051 box, each when the UART is not busy and CTS is asserted. */
  private static byte[] sendWhenClear(long times) {
    GuestCode code = new GuestCode().keepReturn().set(19, times).set(1, UART3);
    code.set(5, 1250).word(0xB900_2425); // str w5, [x1, #0x24]: IBRD
    code.set(5, 0x78).word(0xB900_2C25); // LCRH: 8N2, FIFOs
    code.set(5, 0x301).word(0xB900_3025); // CR
    code.set(6, 96);
    int again = code.here();
    code.word(0xB900_0026); // str w6, [x1]: DR
    code.word(0xB940_1820); // ldr w0, [x1, #0x18]: FR
    code.word(0x371F_FFE0); // tbnz w0, #3, to the load: busy
    code.word(0xB940_1820); // ldr w0, [x1, #0x18]
    code.word(0x3607_FFE0); // tbz w0, #0, to the load: not clear to send
    return code.countDownTo(again).end();
  }

  /** Polls the flags and the timer in turn until a time has passed. */
  private static byte[] flagsOrTimeout() {
    GuestCode code = new GuestCode().keepReturn().set(19, 3).set(1, 0xFE00_3000L).set(7, UART3);
    code.set(4, 500);
    int again = code.here();
    code.word(0xB940_0423); // ldr w3, [x1, #4]
    code.word(0xB940_18E8); // ldr w8, [x7, #0x18]: FR
    code.word(0x3620_0008); // tbz w8, #4, to itself: something was received
    code.word(0xB940_0420); // ldr w0, [x1, #4]
    code.word(0x4B03_0002); // sub w2, w0, w3
    code.word(0x6B04_005F); // cmp w2, w4
    code.word(0x54FF_FF63); // b.lo, to the flags
    return code.countDownTo(again).end();
  }

  /** Sets the timer to match in 1.5 ms and polls idle flags for ever. */
  private static byte[] interrupted() {
    GuestCode code = new GuestCode().keepReturn().set(1, 0xFE00_3000L).set(7, UART3);
    code.word(0xB940_0423); // ldr w3, [x1, #4]
    code.word(0x1117_7065); // add w5, w3, #1500
    code.word(0xB900_1025); // str w5, [x1, #0x10]: C1
    int again = code.here();
    code.word(0xB940_18E8); // ldr w8, [x7, #0x18]: FR
    for (int n = 0; n < NOPS; n++) {
      code.word(0xD503_201F);
    }
    code.word(0x1400_0000 | (again - code.here() & 0x3FF_FFFF)); // b
    return code.end();
  }

  /** Counts its polls in memory, on its stack: no turn may be left out. */
  private static byte[] counting(long polls) {
    GuestCode code = new GuestCode().keepReturn().set(19, 1).set(1, UART3).set(4, polls);
    int again = code.here();
    code.word(0xF81F_83FF); // stur xzr, [sp, #-8]
    code.word(0xB940_1820); // ldr w0, [x1, #0x18]
    code.word(0xF85F_83E2); // ldur x2, [sp, #-8]
    code.word(0x9100_0442); // add x2, x2, #1
    code.word(0xF81F_83E2); // stur x2, [sp, #-8]
    code.word(0xEB04_005F); // cmp x2, x4
    code.word(0xD280_0002); // mov x2, #0
    code.word(0x54FF_FF43); // b.lo, to the flags
    return code.countDownTo(again).end();
  }

  private static GuestRecord run(byte[] program, Engine engine) {
    return ProgramRun.bundled("name_server")
        .entry("made", program)
        .trainSet(3, TrainSetPlan.on(Layout.trackA()).train(24, "C13").plan())
        .traced()
        .limit(Duration.ofMillis(20))
        .runOn(engine);
  }

  private static GuestRecord same(byte[] program, TestEngine engine, int timesLess) {
    var skipping = new WatchedEngine(engine.library(), Registers.AS_THEY_ARE);
    var playing = new WatchedEngine(engine.library(), Registers.NEVER_THE_SAME);
    GuestRecord skipped = run(program, skipping);
    GuestRecord played = run(program, playing);
    assertThat(skipped.all()).isEqualTo(played.all());
    assertThat(skipping.loads() * timesLess).isLessThanOrEqualTo(playing.loads());
    return played;
  }

  @ParameterizedTest
  @EnumSource
  void aWaitForTheTimerIsTheSame(TestEngine engine) {
    same(timerWait(700, 2), engine, 20);
  }

  @ParameterizedTest
  @EnumSource
  void waitsForAUartAreTheSame(TestEngine engine) {
    same(sendWhenClear(1), engine, 100);
  }

  @ParameterizedTest
  @EnumSource
  void aWaitForEitherIsTheSame(TestEngine engine) {
    same(flagsOrTimeout(), engine, 4);
  }

  @ParameterizedTest
  @EnumSource
  void aLoopThatStoresIsPlayedInFull(TestEngine engine) {
    var playing = new WatchedEngine(engine.library(), Registers.AS_THEY_ARE);
    GuestRecord run = run(counting(10_000), playing);
    assertThat(playing.loads()).isGreaterThanOrEqualTo(10_000);
    assertThat(run.result().instructions()).isGreaterThan(7 * 10_000L);
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptArrivesAtTheSameInstruction(TestEngine engine) {
    GuestRecord run = same(interrupted(), engine, 100);
    assertThat(run.trace()).anyMatch(event -> event.contains("TimerMatched"));
    assertThat(run.result().end()).isInstanceOf(RunEnd.VirtualTimeout.class);
  }
}
