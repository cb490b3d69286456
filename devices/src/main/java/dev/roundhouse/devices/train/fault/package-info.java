/** Faults on demand: a plan of what goes wrong and when, the same in each run of a seed. */
@NullMarked
package dev.roundhouse.devices.train.fault;

import org.jspecify.annotations.NullMarked;
