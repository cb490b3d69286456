/**
 * A debugger's door to a machine: the remote serial protocol of GDB (GDB manual, appendix E), over
 * TCP on this host. A client stops the machine, looks at its threads and memory, and lets it go on.
 */
@NullMarked
package dev.roundhouse.emulator.debugger;

import org.jspecify.annotations.NullMarked;
