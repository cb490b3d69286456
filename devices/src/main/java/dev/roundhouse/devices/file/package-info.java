/** Data files that users bring or that ship: JSON, read strictly, with messages that say where. */
@NullMarked
package dev.roundhouse.devices.file;

import org.jspecify.annotations.NullMarked;
