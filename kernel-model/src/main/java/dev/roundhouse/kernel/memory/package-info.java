/** Page memory, task descriptors' memory and the memory that programs point at. */
@NullMarked
package dev.roundhouse.kernel.memory;

import org.jspecify.annotations.NullMarked;
