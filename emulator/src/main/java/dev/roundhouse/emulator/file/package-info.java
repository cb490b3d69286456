/** Files that users name: the one place that reads what nobody vouches for. */
@NullMarked
package dev.roundhouse.emulator.file;

import org.jspecify.annotations.NullMarked;
