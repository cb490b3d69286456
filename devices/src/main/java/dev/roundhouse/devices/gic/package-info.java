/** GIC-400: distributor, CPU interface, priorities. */
@NullMarked
package dev.roundhouse.devices.gic;

import org.jspecify.annotations.NullMarked;
