/** What happens on a train set, for traces, displays and tests. */
@NullMarked
package dev.roundhouse.devices.train.event;

import org.jspecify.annotations.NullMarked;
