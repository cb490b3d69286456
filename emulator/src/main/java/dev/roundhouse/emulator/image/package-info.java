/** The image of a kernel to boot. */
@NullMarked
package dev.roundhouse.emulator.image;

import org.jspecify.annotations.NullMarked;
