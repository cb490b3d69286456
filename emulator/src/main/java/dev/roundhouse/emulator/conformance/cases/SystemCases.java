package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.Step;
import java.util.List;

/** sys_health, print_raw, quit and the quadrature encoders. */
final class SystemCases {
  private static final long OUTSIDE = 0x80_0000_0000L;
  private static final int TIMER = 97 << 16;
  private static final int STAT_BYTES = 40;
  private static final long UART_2_CONTROL = 0xFE20_1430L;
  private static final String RUNS = "could-run";

  private SystemCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        neverIdle(),
        idle(),
        startsAnew(),
        healthBadPointer(),
        prints(),
        printsInOrder(),
        printsNull(),
        printsNothing("zero", 0),
        printsNothing("negative", -1),
        printBadPointer(),
        printStuck(),
        quit(),
        quitWithOthers(),
        quitStuck(),
        encoders(),
        freshEncoder(),
        badEncoder("7", 7),
        badEncoder("minus-1", -1),
        badPin("64", 64, 1),
        badPin("minus-1", 2, -1),
        encoderBadPointer(),
        noEncoderNoPointer());
  }

  private static Script health(Script script) {
    return script.step(new Step.SystemHealth(Buffer.of(4)));
  }

  private static ConformanceCase neverIdle() {
    return caseOf(
            "health/0-when-never-idle",
            "sys_health gives 0 and stores 0 while the processor was never idle.",
            Sources.HEALTH)
        .programs(health(entry().compute(10_000)))
        .both(order("1 1").task(1, "0 0"));
  }

  private static ConformanceCase idle() {
    return caseOf(
            "health/the-share-of-idle-time",
            "sys_health stores hundredths of a percent: more than 99 % after a long wait.",
            Sources.HEALTH,
            Sources.LOOP)
        .programs(health(entry().compute(50_000).armTimer(100_000).awaitEvent(TIMER)))
        .both(order("1 0!1 1 1").task(1, "0; 0 99*"));
  }

  private static ConformanceCase startsAnew() {
    return caseOf(
            "health/starts-anew-with-each-call",
            "A second sys_health right behind the first stores 0.",
            Sources.HEALTH)
        .programs(
            health(
                health(entry().compute(50_000).armTimer(100_000).awaitEvent(TIMER))
                    .compute(10_000)))
        .both(order("1 0!1 1 1 1").task(1, "0; 0 99*; 0 0"));
  }

  private static ConformanceCase healthBadPointer() {
    return ends(
        "health/a-bad-pointer-ends-the-run",
        "The kernel stores the share anywhere.",
        entry().step(new Step.SystemHealth(Buffer.at(OUTSIDE, 0))),
        "health of sys_health");
  }

  private static ConformanceCase ends(String name, String says, Script program, String text) {
    return caseOf(name, says, Sources.MEMORY_MAP)
        .programs(program)
        .both(
            order("1")
                .atOnce()
                .task(1, "-", RUNS)
                .reports("1 BAD_POINTER")
                .ends(EndKind.BAD_POINTER, text));
  }

  private static ConformanceCase prints() {
    return caseOf(
            "print/writes-to-uart-2", "print_raw gives 0; its bytes go to UART 2.", Sources.PRINT)
        .programs(entry().print("Hello, train!"))
        .both(order("1 1").task(1, "0").prints("Hello, train!"));
  }

  private static ConformanceCase printsInOrder() {
    return caseOf(
            "print/is-not-interrupted-by-others",
            "Each print_raw is written whole before another task runs.",
            Sources.PRINT,
            Sources.LOOP)
        .programs(
            entry().create(4, "one").create(4, "two"),
            script("one").print("a".repeat(40)).print("b".repeat(40)),
            script("two").print("c".repeat(40)).print("d".repeat(40)))
        .both(
            order("1 1 1 3 4 3 4 3 4")
                .task(1, "3; 4")
                .task(3, "0; 0")
                .task(4, "0; 0")
                .prints("a".repeat(40) + "c".repeat(40) + "b".repeat(40) + "d".repeat(40)));
  }

  private static ConformanceCase printsNull() {
    return caseOf(
            "print/null-prints-null",
            "print_raw of a NULL pointer writes NULL and a new line, whatever the length.",
            Sources.PRINT)
        .programs(entry().step(new Step.Print(Message.at(0, 5))))
        .both(order("1 1").task(1, "0").prints("NULL\r\n"));
  }

  private static ConformanceCase printsNothing(String word, int length) {
    return caseOf(
            "print/a-" + word + "-length-prints-nothing",
            "print_raw of length %d writes nothing.".formatted(length),
            Sources.PRINT)
        .programs(entry().step(new Step.Print(Message.at(OUTSIDE, length))))
        .both(order("1 1").task(1, "0"));
  }

  private static ConformanceCase printBadPointer() {
    return ends(
        "print/a-bad-pointer-ends-the-run",
        "The kernel reads the bytes anywhere.",
        entry().step(new Step.Print(Message.at(OUTSIDE, 5))),
        "msg of print_raw");
  }

  private static ConformanceCase printStuck() {
    return caseOf(
            "print/a-uart-that-is-off-stops-the-kernel",
            "print_raw polls for room in the transmit FIFO, for ever if the program switched the"
                + " UART off.",
            Sources.PRINT,
            Source.kernel("lib/libbase/rpi_uart.c", "uart_putc"))
        .programs(entry().poke(UART_2_CONTROL, 0).print("x".repeat(100)))
        .both(
            order("1")
                .atOnce()
                .task(1, "-", RUNS)
                .reports("1 CONSOLE_STUCK")
                .ends(EndKind.KERNEL_CRASH, "transmit FIFO"));
  }

  private static ConformanceCase quit() {
    return caseOf(
            "quit/says-good-bye-and-ends-the-run",
            "quit clears the terminal, says good-bye and resets the board.",
            Sources.QUIT)
        .programs(entry().quit().myTid())
        .both(
            order("1")
                .atOnce()
                .task(1, "-", RUNS)
                .prints("\033[2JBYE-BYE\r\n")
                .ends(EndKind.QUIT, "tid 1"));
  }

  private static ConformanceCase quitWithOthers() {
    return caseOf(
            "quit/others-do-not-run-any-more", "quit ends the run for all tasks.", Sources.QUIT)
        .programs(
            entry().create(4, "one").create(4, "two"),
            script("one").myTid().quit(),
            script("two").myTid().myTid())
        .both(
            order("1 1 1 3 4 3")
                .task(1, "3; 4")
                .task(3, "3; -", RUNS)
                .task(4, "-", RUNS)
                .prints("\033[2JBYE-BYE\r\n")
                .ends(EndKind.QUIT, "tid 3"));
  }

  private static ConformanceCase quitStuck() {
    Script full = entry();
    for (int bytes = 0; bytes < 33; bytes++) {
      full = full.poke(UART_2_CONTROL - 0x30, 'x');
    }
    return caseOf(
            "quit/a-uart-that-is-off-stops-the-kernel",
            "quit polls the UART as print_raw does.",
            Sources.QUIT,
            Source.kernel("lib/libbase/rpi_uart.c", "uart_putc"))
        .programs(entry().poke(UART_2_CONTROL, 0).repeat(1, full).quit())
        .both(
            order("1")
                .atOnce()
                .task(1, "-", RUNS)
                .reports("1 CONSOLE_STUCK")
                .ends(EndKind.KERNEL_CRASH, "transmit FIFO"));
  }

  private static ConformanceCase encoders() {
    return caseOf(
            "encoder/there-are-two",
            "quadrature_encoder_init gives 0 and 1, then -1.",
            Sources.ENCODER_INIT)
        .programs(
            entry()
                .step(new Step.EncoderInit(20, 21))
                .step(new Step.EncoderInit(22, 23))
                .step(new Step.EncoderInit(24, 25)))
        .both(order("1 1 1 1").task(1, "0; 1; -1"));
  }

  private static ConformanceCase freshEncoder() {
    return caseOf(
            "encoder/starts-with-zeros",
            "quadrature_encoder_get stores five counters: zeros for a fresh encoder.",
            Sources.ENCODER_INIT,
            Sources.ENCODER_GET)
        .programs(
            entry()
                .step(new Step.EncoderInit(20, 21))
                .step(new Step.EncoderGet(0, Buffer.of(STAT_BYTES))))
        .both(order("1 1 1").task(1, "0; 0 0 0 0 0 0"));
  }

  private static ConformanceCase badEncoder(String word, int id) {
    return caseOf(
            "encoder/get-of-id-" + word + "-stores-nothing",
            "quadrature_encoder_get gives 0 for an id without encoder too, and stores nothing.",
            Sources.ENCODER_GET)
        .programs(entry().step(new Step.EncoderGet(id, Buffer.of(STAT_BYTES))))
        .both(order("1 1").task(1, "0 untouched untouched untouched untouched untouched"));
  }

  private static ConformanceCase badPin(String word, int pinA, int pinB) {
    return caseOf(
            "encoder/pin-" + word + "-ends-the-run",
            "An encoder at a pin that does not exist writes outside of the kernel's table.",
            Sources.ENCODER_INIT)
        .programs(entry().step(new Step.EncoderInit(pinA, pinB)))
        .both(
            order("1")
                .atOnce()
                .task(1, "-", RUNS)
                .reports("1 BAD_PIN")
                .ends(EndKind.KERNEL_CRASH, "there is no pin"));
  }

  private static ConformanceCase encoderBadPointer() {
    return caseOf(
            "encoder/a-bad-pointer-ends-the-run",
            "The kernel stores the counters anywhere.",
            Sources.ENCODER_GET,
            Sources.MEMORY_MAP)
        .programs(
            entry()
                .step(new Step.EncoderInit(20, 21))
                .step(new Step.EncoderGet(0, Buffer.at(OUTSIDE, 0))))
        .both(
            order("1 1")
                .task(1, "0; -", RUNS)
                .reports("1 BAD_POINTER")
                .ends(EndKind.BAD_POINTER, "stat of quadrature_encoder_get"));
  }

  private static ConformanceCase noEncoderNoPointer() {
    return caseOf(
            "encoder/a-bad-pointer-without-encoder-is-not-followed",
            "Without encoder the pointer is not followed.",
            Sources.ENCODER_GET)
        .programs(entry().step(new Step.EncoderGet(0, Buffer.at(OUTSIDE, 0))))
        .both(order("1 1").task(1, "0"));
  }
}
