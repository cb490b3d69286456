/**
 * Far ends of serial lines on the host: terminals, files, sockets, pseudo-terminals and serial
 * ports.
 */
@NullMarked
package dev.roundhouse.emulator.lines;

import org.jspecify.annotations.NullMarked;
