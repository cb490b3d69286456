/** The file that a recording is: chunks with checks, and the fields in them. */
@NullMarked
package dev.roundhouse.emulator.record.format;

import org.jspecify.annotations.NullMarked;
