/** Text that nobody vouches for, on its way to people. */
@NullMarked
package dev.roundhouse.devices.text;

import org.jspecify.annotations.NullMarked;
