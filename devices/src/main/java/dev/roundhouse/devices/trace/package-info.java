/** What devices report: trace events, and warnings that the user always sees. */
@NullMarked
package dev.roundhouse.devices.trace;

import org.jspecify.annotations.NullMarked;
