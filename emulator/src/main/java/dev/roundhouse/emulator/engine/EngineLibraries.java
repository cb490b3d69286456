package dev.roundhouse.emulator.engine;

import dev.roundhouse.emulator.platform.PathTrust;
import dev.roundhouse.emulator.platform.PrivateFolder;
import dev.roundhouse.emulator.unicorn.UnicornLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds engine libraries and chooses one. The order is that of {@link EngineSource}; a library that
 * executes stores slowly is passed over for a faster one behind it.
 */
public final class EngineLibraries {
  private static final int FAST_MIPS = 100;
  private static final String INSTALLED_FOLDERS = "unicorn-*";
  private static final List<String> NAMES =
      List.of("libunicorn.so.2", "libunicorn.2.dylib", "libunicorn.dylib");

  private final EngineRequest request;

  /** The cache's folder of engines; empty when others could write to it. */
  private final Optional<Path> engines;

  private final List<EngineFinding> findings = new ArrayList<>();
  private final TrialMemory memory;
  private final EngineTrials trials;
  private final List<PrivateFolder> temporary = new ArrayList<>();

  private EngineLibraries(EngineRequest request) {
    this.request = request;
    Optional<Path> folder = request.engines();
    Optional<String> objection = folder.flatMap(PathTrust::objectionToMaking);
    engines = objection.isEmpty() ? folder : Optional.empty();
    if (objection.isPresent() && request.explicit().isEmpty()) {
      findings.add(
          new EngineFinding(
              EngineSource.INSTALLED,
              folder.orElseThrow(),
              new EngineTrial.Refused(objection.get())));
    }
    memory = new TrialMemory(engines);
    trials = new EngineTrials(memory);
  }

  private record Candidate(EngineSource source, Path file) {}

  /**
   * Chooses a library and loads it.
   *
   * @throws NoEngineException when none can be used; its message is for the user
   */
  public static EngineChoice choose(EngineRequest request) throws NoEngineException {
    EngineLibraries libraries = new EngineLibraries(request);
    try {
      return libraries.choose();
    } finally {
      libraries.deleteTemporary();
    }
  }

  /**
   * Tries all libraries that can be found and measures them anew. Takes part of a second for each.
   *
   * @return best source first
   */
  public static List<EngineFinding> survey(EngineRequest request) {
    EngineLibraries libraries = new EngineLibraries(request);
    try {
      return libraries.survey();
    } finally {
      libraries.deleteTemporary();
    }
  }

  private EngineChoice choose() throws NoEngineException {
    for (Candidate candidate : candidates()) {
      EngineFinding finding = trials.find(candidate.source, candidate.file);
      findings.add(finding);
      if (finding.storeMips() >= FAST_MIPS) {
        return load();
      }
    }
    if (request.explicit().isEmpty()) {
      EmbeddedLibrary.forHost()
          .map(library -> embedded(library, file -> trials.find(EngineSource.EMBEDDED, file)))
          .ifPresent(findings::add);
    }
    return load();
  }

  private List<EngineFinding> survey() {
    for (Candidate candidate : candidates()) {
      findings.add(trials.findAnew(candidate.source, candidate.file));
    }
    EmbeddedLibrary.forHost()
        .map(library -> embedded(library, file -> trials.findAnew(EngineSource.EMBEDDED, file)))
        .ifPresent(findings::add);
    return findings;
  }

  private EngineChoice load() throws NoEngineException {
    EngineFinding best =
        findings.stream()
            .filter(finding -> finding.storeMips() > 0)
            .max(Comparator.comparingInt(EngineFinding::storeMips))
            .orElseThrow(() -> new NoEngineException(findings));
    return new EngineChoice(
        UnicornLibrary.load(best.file()),
        best,
        findings.stream().filter(EngineFinding::isRefused).toList());
  }

  /** The files to try, all but the embedded one. A named file is the only one. */
  private List<Candidate> candidates() {
    if (request.explicit().isPresent()) {
      return List.of(new Candidate(EngineSource.EXPLICIT, request.explicit().get()));
    }
    List<Candidate> candidates = new ArrayList<>();
    for (Path folder : installedFolders()) {
      addFiles(folder, EngineSource.INSTALLED, candidates);
    }
    for (Path folder : request.systemFolders()) {
      addFiles(folder, EngineSource.SYSTEM, candidates);
    }
    return candidates;
  }

  /** Newest version first. */
  private List<Path> installedFolders() {
    List<Path> folders = new ArrayList<>();
    if (engines.isPresent()) {
      try (Stream<Path> all = Files.list(engines.get())) {
        var matcher = engines.get().getFileSystem().getPathMatcher("glob:" + INSTALLED_FOLDERS);
        all.filter(path -> matcher.matches(path.getFileName())).forEach(folders::add);
      } catch (IOException e) {
        return List.of();
      }
    }
    folders.sort(Comparator.reverseOrder());
    return folders;
  }

  /** Several names of one file, such as a link, count once. */
  private static void addFiles(Path folder, EngineSource source, List<Candidate> candidates) {
    for (String name : NAMES) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)
          && candidates.stream().noneMatch(other -> isSame(other, file))) {
        candidates.add(new Candidate(source, file));
      }
    }
  }

  private static boolean isSame(Candidate other, Path file) {
    try {
      return Files.isSameFile(other.file, file);
    } catch (IOException e) {
      return false;
    }
  }

  /** How a file is tried. */
  private interface Trier {
    EngineFinding find(Path file);
  }

  /** Tries the embedded library from the cache, or from a temporary file. */
  private EngineFinding embedded(EmbeddedLibrary library, Trier trier) {
    Optional<Path> place = engines.map(library::placeIn);
    if (place.flatMap(memory::recall).isPresent()) {
      EngineFinding known = trier.find(place.get());
      if (!known.isRefused()) {
        return known;
      }
    }
    try {
      boolean isInCache = place.isPresent() && isCopied(library, place.get());
      return trier.find(isInCache ? place.get() : temporaryCopy(library));
    } catch (IOException e) {
      return new EngineFinding(
          EngineSource.EMBEDDED,
          Path.of(library.resource()),
          new EngineTrial.Unusable(String.valueOf(e.getMessage())));
    }
  }

  private static boolean isCopied(EmbeddedLibrary library, Path file) {
    try {
      library.copyTo(file);
      return PathTrust.objection(file).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private Path temporaryCopy(EmbeddedLibrary library) throws IOException {
    PrivateFolder folder = PrivateFolder.make();
    temporary.add(folder);
    Path file = folder.path().resolve("libunicorn.so");
    library.copyTo(file);
    return file;
  }

  /** A library that is loaded needs its file no more. */
  private void deleteTemporary() {
    temporary.forEach(PrivateFolder::close);
  }
}
