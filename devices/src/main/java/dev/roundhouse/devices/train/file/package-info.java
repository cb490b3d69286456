/** The train set's data files: JSON, read strictly, with messages that say where. */
@NullMarked
package dev.roundhouse.devices.train.file;

import org.jspecify.annotations.NullMarked;
