package dev.roundhouse.emulator.engine;

import dev.roundhouse.emulator.unicorn.UnicornLibrary;
import java.nio.file.Path;

/** Tries libraries, each once: what came of it is remembered. */
final class EngineTrials {
  private static final int SYSTEM_MAJOR = 2;
  private static final int SYSTEM_MINOR = 1;

  private final TrialMemory memory;

  EngineTrials(TrialMemory memory) {
    this.memory = memory;
  }

  /** Tries a library unless it was tried before. */
  EngineFinding find(EngineSource source, Path file) {
    EngineTrial trial = memory.recall(file).orElseGet(() -> tryAndRemember(source, file));
    return new EngineFinding(source, file, trial);
  }

  /** Tries a library again, unless that ended the process before. */
  EngineFinding findAnew(EngineSource source, Path file) {
    boolean isDangerous = memory.recall(file).filter(TrialMemory::isDangerous).isPresent();
    return isDangerous
        ? find(source, file)
        : new EngineFinding(source, file, tryAndRemember(source, file));
  }

  private EngineTrial tryAndRemember(EngineSource source, Path file) {
    memory.noteStart(file);
    EngineTrial trial = run(source, file);
    memory.remember(file, trial);
    return trial;
  }

  private static EngineTrial run(EngineSource source, Path file) {
    try {
      LibraryFile.check(file);
      UnicornLibrary library = UnicornLibrary.load(file);
      String version = library.version();
      if (source == EngineSource.SYSTEM && isOld(version)) {
        return new EngineTrial.Unusable(
            "Unicorn %s, but 2.1 or newer is needed".formatted(version));
      }
      EngineSelfTest.run(library);
      return new EngineTrial.Works(version, StoreLoop.measure(library));
    } catch (RuntimeException | LinkageError e) {
      return new EngineTrial.Unusable(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isOld(String version) {
    String[] numbers = version.split("\\.", -1);
    int major = Integer.parseInt(numbers[0]);
    int minor = Integer.parseInt(numbers[1]);
    return major < SYSTEM_MAJOR || (major == SYSTEM_MAJOR && minor < SYSTEM_MINOR);
  }
}
