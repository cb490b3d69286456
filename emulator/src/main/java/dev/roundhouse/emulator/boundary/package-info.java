/**
 * System calls as they are seen from outside a kernel, at exception entry and return: by whom, with
 * which arguments and results. A small file, the ABI profile, says what the numbers and registers
 * of a kernel mean; so the calls of any kernel can be traced, and compared with those of the kernel
 * model.
 */
@NullMarked
package dev.roundhouse.emulator.boundary;

import org.jspecify.annotations.NullMarked;
