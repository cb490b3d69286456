/**
 * What the far end of a UART's line can be on the host: the process's own terminal or pipes, a
 * file, a socket, a pseudo-terminal. Whatever happens there comes to a machine through {@link
 * dev.roundhouse.emulator.input} only; the threads in here never touch a machine.
 */
@NullMarked
package dev.roundhouse.emulator.host;

import org.jspecify.annotations.NullMarked;
