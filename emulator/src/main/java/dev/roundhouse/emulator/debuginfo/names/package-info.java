/** Names of functions as they stand in the source, made of those that compilers give symbols. */
@NullMarked
package dev.roundhouse.emulator.debuginfo.names;

import org.jspecify.annotations.NullMarked;
