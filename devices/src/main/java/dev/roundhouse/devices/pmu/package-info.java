/** The performance monitors of a core: cycles and events. */
@NullMarked
package dev.roundhouse.devices.pmu;

import org.jspecify.annotations.NullMarked;
