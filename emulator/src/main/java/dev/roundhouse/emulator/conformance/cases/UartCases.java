package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of UARTs. The kernel sets up UART 2 at boot (8 data bits, FIFOs on, 115200 baud); for
 * the other ones programs do it.
 */
final class UartCases {
  private static final long FIRST = 0xFE20_1000L;
  private static final int BYTES_APART = 0x200;

  /** PL011 technical reference manual, 3.2. */
  private static final int DATA = 0x00;

  private static final int INTEGER_BAUD = 0x24;
  private static final int FRACTIONAL_BAUD = 0x28;
  private static final int LINE_CONTROL = 0x2C;
  private static final int CONTROL = 0x30;
  private static final int MASK = 0x38;

  private static final int RECEIVE = 0x10;
  private static final int TRANSMIT = 0x20;
  private static final int RECEIVE_TIMEOUT = 0x40;
  private static final int UART_2 = (153 << 16) + 2;
  private static final long MILLISECOND = 1_000_000;

  private UartCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> all =
        new ArrayList<>(
            List.of(
                timeout(),
                halfFull(),
                transmit(),
                notArmed(),
                otherSource(),
                otherUart(),
                disarmed(),
                armedAgain(),
                pendingWhenArmed(),
                unattended(),
                severalBytes()));
    for (int uart : new int[] {0, 3, 4, 5}) {
      all.add(another(uart));
    }
    return all;
  }

  private static long register(int uart, int offset) {
    return FIRST + (long) uart * BYTES_APART + offset;
  }

  private static Script arm(Script script, int sources) {
    return script.poke(register(2, MASK), sources);
  }

  private static Script read(Script script) {
    return script.peek(register(2, DATA));
  }

  /** Fills the transmit FIFO above the level at which it asks for more. */
  private static Script full(Script script) {
    Script full = script;
    for (int bytes = 0; bytes < 20; bytes++) {
      full = full.poke(register(2, DATA), 'x');
    }
    return full;
  }

  private static ConformanceCase timeout() {
    return caseOf(
            "uart/a-byte-wakes-by-its-timeout",
            "A single byte wakes with the receive timeout's bit, 64; the kernel has cleared IMSC"
                + " then, and the program reads the byte.",
            Sources.UART,
            Source.kernel("lib/libbase/rpi_uart.c", "uart_intr_unarm"))
        .programs(
            read(
                arm(entry(), RECEIVE | RECEIVE_TIMEOUT).awaitEvent(UART_2).peek(register(2, MASK))))
        .around(system -> system.input(2, MILLISECOND, "a"))
        .both(order("1 0!1 1").task(1, "64; 0; 97"));
  }

  private static ConformanceCase halfFull() {
    return caseOf(
            "uart/a-half-full-fifo-wakes",
            "The value is the masked interrupt status: 16 when the receive FIFO is half full.",
            Sources.UART)
        .programs(arm(entry(), RECEIVE).awaitEvent(UART_2))
        .around(system -> system.input(2, MILLISECOND, "0123456789abcdef"))
        .both(order("1 0!1 1").task(1, "16"));
  }

  private static ConformanceCase transmit() {
    return caseOf(
            "uart/a-fifo-that-empties-wakes",
            "The value is 32 when the transmit FIFO has become half empty.",
            Sources.UART)
        .programs(arm(full(entry()), TRANSMIT).awaitEvent(UART_2))
        .both(order("1 0!1 1").task(1, "32").prints("x".repeat(20)));
  }

  private static ConformanceCase notArmed() {
    return caseOf(
            "uart/not-armed-does-not-wake",
            "await_event arms nothing: a byte that comes while IMSC is 0 wakes nobody.",
            Sources.AWAIT)
        .programs(entry().awaitEvent(UART_2))
        .around(system -> system.input(2, MILLISECOND, "a"))
        .both(order("1").task(1, "-", "event-blocked on 10027010").reports("1 WAIT_WITHOUT_END"));
  }

  private static ConformanceCase otherSource() {
    return caseOf(
            "uart/only-armed-sources-wake",
            "A byte that is too few for the receive interrupt wakes nobody without the timeout's"
                + " bit.",
            Sources.UART)
        .programs(arm(entry(), RECEIVE).awaitEvent(UART_2))
        .around(system -> system.input(2, MILLISECOND, "a"))
        .both(order("1").task(1, "-", "event-blocked on 10027010"));
  }

  private static ConformanceCase otherUart() {
    return caseOf(
            "uart/each-has-its-own-event",
            "A byte at UART 2 does not wake who waits for UART 3.",
            Sources.UART,
            Sources.WAKE)
        .programs(
            arm(entry().create(4, "waiter"), RECEIVE | RECEIVE_TIMEOUT).awaitEvent(UART_2),
            script("waiter").awaitEvent(UART_2 + 1))
        .around(system -> system.input(2, MILLISECOND, "a"))
        .both(
            order("1 1 3 0!1 1")
                .task(1, "3; 64")
                .task(3, "-", "event-blocked on 10027011")
                .reports("3 WAIT_WITHOUT_END"));
  }

  private static ConformanceCase disarmed() {
    return caseOf(
            "uart/wakes-once-for-each-arming",
            "Behind the interrupt IMSC is 0: a second await_event waits until the program arms"
                + " again.",
            Sources.UART,
            Source.kernel("lib/libbase/rpi_uart.c", "uart_intr_unarm"))
        .programs(arm(entry(), RECEIVE | RECEIVE_TIMEOUT).awaitEvent(UART_2).awaitEvent(UART_2))
        .around(system -> system.input(2, MILLISECOND, "a").input(2, 50 * MILLISECOND, "b"))
        .both(order("1 0!1 1").task(1, "64; -", "event-blocked on 10027010"));
  }

  private static ConformanceCase armedAgain() {
    return caseOf(
            "uart/can-be-armed-again",
            "A program that reads the byte and arms again wakes for the next one.",
            Sources.UART)
        .programs(
            read(
                arm(
                        read(arm(entry(), RECEIVE | RECEIVE_TIMEOUT).awaitEvent(UART_2)),
                        RECEIVE | RECEIVE_TIMEOUT)
                    .awaitEvent(UART_2)))
        .around(system -> system.input(2, MILLISECOND, "a").input(2, 50 * MILLISECOND, "b"))
        .both(order("1 0!1 1 0!1 1").task(1, "64; 97; 64; 98"));
  }

  private static ConformanceCase pendingWhenArmed() {
    return caseOf(
            "uart/what-is-pending-comes-when-it-is-armed",
            "Arming a source that is pending interrupts at once, before await_event: nobody wakes.",
            Sources.UART,
            Sources.WAKE)
        .programs(
            arm(full(entry()).armTimer(20_000).awaitEvent(97 << 16), TRANSMIT).awaitEvent(UART_2))
        .both(
            order("1 0!1 1! 1")
                .task(1, "0; -", "event-blocked on 10027010")
                .prints("x".repeat(20)));
  }

  private static ConformanceCase unattended() {
    return caseOf(
            "uart/an-event-that-nobody-waits-for-is-gone",
            "A byte that comes while nobody waits interrupts and disarms; a later wait is in vain.",
            Sources.UART,
            Sources.WAKE)
        .programs(arm(entry(), RECEIVE | RECEIVE_TIMEOUT).compute(5_000_000).awaitEvent(UART_2))
        .around(system -> system.input(2, MILLISECOND, "a"))
        .both(order("1! 1").task(1, "-", "event-blocked on 10027010"));
  }

  private static ConformanceCase severalBytes() {
    return caseOf(
            "uart/bytes-wait-in-the-fifo",
            "Bytes that came before the wake are read one after the other.",
            Sources.UART)
        .programs(read(read(read(arm(entry(), RECEIVE | RECEIVE_TIMEOUT).awaitEvent(UART_2)))))
        .around(system -> system.input(2, MILLISECOND, "abc"))
        .both(order("1 0!1 1").task(1, "64; 97; 98; 99"));
  }

  private static ConformanceCase another(int uart) {
    Script program =
        entry()
            .poke(register(uart, INTEGER_BAUD), 26)
            .poke(register(uart, FRACTIONAL_BAUD), 3)
            .poke(register(uart, LINE_CONTROL), 0x70)
            .poke(register(uart, CONTROL), 0x301)
            .poke(register(uart, MASK), RECEIVE | RECEIVE_TIMEOUT)
            .awaitEvent((153 << 16) + uart)
            .peek(register(uart, DATA));
    return caseOf(
            "uart/" + uart + "-wakes-its-waiter",
            "The event of UART %d is 153 in the high half and %d in the low one."
                .formatted(uart, uart),
            Sources.UART,
            Source.kernel("kernel/include/interrupt.h", "INTR_ID_UART"))
        .programs(program)
        .around(system -> system.input(uart, MILLISECOND, "z"))
        .both(order("1 0!1 1").task(1, "64; 122"));
  }
}
