/**
 * The kernel's rules a second time, as simply as they can be said: lists that are searched, one
 * method for each system call, no registers, no memory, no devices. It shares no code with the
 * kernel model and serves to check it.
 */
@NullMarked
package dev.roundhouse.script.reference;

import org.jspecify.annotations.NullMarked;
