/** Source of functions that make system calls, made from ABI profiles. */
@NullMarked
package dev.roundhouse.cli.stubs;

import org.jspecify.annotations.NullMarked;
