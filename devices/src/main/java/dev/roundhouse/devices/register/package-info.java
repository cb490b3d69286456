/** Declarative register tables: every device register is one row. */
@NullMarked
package dev.roundhouse.devices.register;

import org.jspecify.annotations.NullMarked;
