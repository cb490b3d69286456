/**
 * What users ask a machine to be made of, as files and words, and what comes of it: programs,
 * kernels, tracks, profiles. For the command line and for tests.
 */
@NullMarked
package dev.roundhouse.emulator.setup;

import org.jspecify.annotations.NullMarked;
