/**
 * Structures as the compiler laid them out, and the source that code was made of, read from a
 * program's DWARF (versions 4 and 5). The files are not trusted: offsets, counts and nesting are
 * checked or limited, and whatever does not hold together is a {@link
 * dev.roundhouse.emulator.debuginfo.DebugInfoException}.
 */
@NullMarked
package dev.roundhouse.emulator.debuginfo;

import org.jspecify.annotations.NullMarked;
