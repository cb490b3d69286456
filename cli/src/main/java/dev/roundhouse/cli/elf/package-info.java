/** Says what is in a file that may be a program, however broken it is. */
@NullMarked
package dev.roundhouse.cli.elf;

import org.jspecify.annotations.NullMarked;
