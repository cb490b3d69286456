/**
 * The system calls, one class for each family; each call gives an outcome that the kernel applies.
 */
@NullMarked
package dev.roundhouse.kernel.syscall;

import org.jspecify.annotations.NullMarked;
