/** Tracks as directed graphs: nodes for each direction, edges with lengths. */
@NullMarked
package dev.roundhouse.devices.train.layout;

import org.jspecify.annotations.NullMarked;
