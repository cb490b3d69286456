package dev.roundhouse.emulator.engine;

import dev.roundhouse.emulator.platform.PathTrust;
import dev.roundhouse.emulator.unicorn.UnicornLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tries libraries, each once: what came of it is remembered. Whether a file may be loaded at all is
 * looked at each time, before it is.
 */
final class EngineTrials {
  private static final int SYSTEM_MAJOR = 2;
  private static final int SYSTEM_MINOR = 1;
  private static final String UNKNOWN =
      "its checksum is that of no library that Roundhouse knows; --engine or ROUNDHOUSE_ENGINE"
          + " takes it all the same";

  private final TrialMemory memory;

  EngineTrials(TrialMemory memory) {
    this.memory = memory;
  }

  /** Tries a library unless it was tried before, or is not to be trusted. */
  EngineFinding find(EngineSource source, Path named) {
    return look(source, named, file -> memory.recall(file));
  }

  /** Tries a library again, unless that ended the process before, or it is not to be trusted. */
  EngineFinding findAnew(EngineSource source, Path named) {
    return look(source, named, file -> memory.recall(file).filter(TrialMemory::isDangerous));
  }

  /** Follows links once and for all, so that what is checked is what is loaded. */
  private EngineFinding look(
      EngineSource source, Path named, Function<Path, Optional<EngineTrial>> known) {
    Path file;
    try {
      file = named.toRealPath();
    } catch (IOException e) {
      return new EngineFinding(source, named, new EngineTrial.Unusable("cannot be read"));
    }
    Optional<String> objection = objection(source, file);
    EngineTrial trial =
        objection.isPresent()
            ? new EngineTrial.Refused(objection.get())
            : known.apply(file).orElseGet(() -> tryAndRemember(source, file));
    return new EngineFinding(source, file, trial);
  }

  private Optional<String> objection(EngineSource source, Path file) {
    Optional<String> objection = PathTrust.objection(file);
    return objection.isEmpty() && source.isPinned() && !isPinned(file)
        ? Optional.of(UNKNOWN)
        : objection;
  }

  private boolean isPinned(Path file) {
    return memory
        .checksum(file)
        .or(() -> readChecksum(file))
        .filter(PinnedLibraries::hold)
        .isPresent();
  }

  private Optional<String> readChecksum(Path file) {
    try {
      String checksum = PinnedLibraries.checksum(file);
      memory.noteChecksum(file, checksum);
      return Optional.of(checksum);
    } catch (IOException e) {
      return Optional.empty();
    }
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
