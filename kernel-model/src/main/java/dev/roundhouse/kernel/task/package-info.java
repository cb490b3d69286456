/** Tasks, their states and the queue of those that are ready. */
@NullMarked
package dev.roundhouse.kernel.task;

import org.jspecify.annotations.NullMarked;
