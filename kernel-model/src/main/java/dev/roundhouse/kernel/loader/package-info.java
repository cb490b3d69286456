/** Program files: parsing ELF images, placing them in memory, their symbols. */
@NullMarked
package dev.roundhouse.kernel.loader;

import org.jspecify.annotations.NullMarked;
