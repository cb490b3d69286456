/**
 * Which engine library executes guest code: finds the candidates, tries each once, and remembers
 * what came of it, so that later starts cost nothing. {@link
 * dev.roundhouse.emulator.engine.EngineLibraries} is the door.
 */
@NullMarked
package dev.roundhouse.emulator.engine;

import org.jspecify.annotations.NullMarked;
