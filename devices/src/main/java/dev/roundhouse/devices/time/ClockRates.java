package dev.roundhouse.devices.time;

/**
 * A board's clock rates as the firmware leaves them, in Hz.
 *
 * @param systemTimer of the system timer's counter
 * @param genericTimer CNTFRQ_EL0
 * @param uart UARTCLK of the PL011s
 */
public record ClockRates(long systemTimer, long genericTimer, long uart) {}
