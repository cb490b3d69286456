/**
 * What the kernel model needs of the machine around it: time, event sources and the device
 * registers that it drives itself.
 */
@NullMarked
package dev.roundhouse.kernel.board;

import org.jspecify.annotations.NullMarked;
