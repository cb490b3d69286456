/** What {@code build/train-start} runs so that the command starts fast. */
@NullMarked
package dev.roundhouse.cli.start;

import org.jspecify.annotations.NullMarked;
