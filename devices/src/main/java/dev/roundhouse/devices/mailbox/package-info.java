/** The mailbox to the VideoCore, and the property tags that it answers. */
@NullMarked
package dev.roundhouse.devices.mailbox;

import org.jspecify.annotations.NullMarked;
