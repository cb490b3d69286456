package dev.roundhouse.emulator.engine;

import dev.roundhouse.emulator.cpu.Engine;

/**
 * The library to use.
 *
 * @param engine the library, loaded
 * @param finding where it comes from and how fast it is
 */
public record EngineChoice(Engine engine, EngineFinding finding) {}
