package dev.roundhouse.emulator.engine;

import dev.roundhouse.emulator.platform.PathTrust;
import dev.roundhouse.emulator.platform.PrivateFolder;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of trying libraries, and their checksums, kept in a small file of the cache. A library
 * is known by path, inode, size and the times of its last change, one of which nobody can set
 * (st_ctime, inode(7)): another one in its place is checked and tried anew. Where the file cannot
 * be read or written, or others can write to it, nothing is remembered, and nothing fails.
 *
 * <p>A broken library may end the process that tries it. So the start of a trial is written down
 * too; a library that has ended two processes is not tried again.
 */
final class TrialMemory {
  private static final String FILE = "trials.properties";
  private static final long LARGEST_FILE_BYTES = 1 << 16;
  private static final int PARTS = 3;
  private static final String[] NOTHING = {"", "", ""};
  private static final int MOST_STARTS = 2;
  private static final String WORKS = "works";
  private static final String UNUSABLE = "unusable";
  private static final String STARTED = "started";
  private static final String CHECKED = "sha256";
  private static final String DANGEROUS = "it has ended the processes that tried it";

  private final Optional<Path> folder;
  private final Properties known = new Properties();

  /** A memory in a folder, or none. */
  TrialMemory(Optional<Path> folder) {
    this.folder = folder;
    folder.map(path -> path.resolve(FILE)).ifPresent(this::read);
  }

  private void read(Path file) {
    try {
      boolean isReadable = Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE_BYTES;
      if (isReadable && PathTrust.objection(file).isEmpty()) {
        try (Reader in = Files.newBufferedReader(file)) {
          known.load(in);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      known.clear();
    }
  }

  /** What came of trying a file, if it was tried and has not changed. */
  Optional<EngineTrial> recall(Path file) {
    String[] parts = entry(key(file));
    int number = number(parts);
    return switch (parts[0]) {
      case WORKS ->
          number > 0 ? Optional.of(new EngineTrial.Works(parts[2], number)) : Optional.empty();
      case UNUSABLE -> Optional.of(new EngineTrial.Unusable(parts[2]));
      case STARTED ->
          number >= MOST_STARTS
              ? Optional.of(new EngineTrial.Unusable(DANGEROUS + removal()))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Whether a trial is not to be repeated. */
  static boolean isDangerous(EngineTrial trial) {
    return trial instanceof EngineTrial.Unusable(String reason) && reason.startsWith(DANGEROUS);
  }

  /** Notes that a file is about to be tried. */
  void noteStart(Path file) {
    String[] before = entry(key(file));
    int starts = before[0].equals(STARTED) ? number(before) : 0;
    put(key(file), STARTED, starts + 1, "");
  }

  /** Notes what came of trying a file. */
  void remember(Path file, EngineTrial trial) {
    switch (trial) {
      case EngineTrial.Works(String version, int mips) -> put(key(file), WORKS, mips, version);
      case EngineTrial.Unusable(String reason) -> put(key(file), UNUSABLE, 0, reason);
      case EngineTrial.Refused _ -> {
        // What is refused today may be put right without a change of the file.
      }
    }
  }

  /** The checksum of a file, if it was noted and the file has not changed. */
  Optional<String> checksum(Path file) {
    String[] parts = entry(checksumKey(file));
    return parts[0].equals(CHECKED) ? Optional.of(parts[2]) : Optional.empty();
  }

  /** Notes the checksum of a file, so that it need not be read again. */
  void noteChecksum(Path file, String checksum) {
    put(checksumKey(file), CHECKED, 0, checksum);
  }

  private static int number(String[] parts) {
    return parts[1].matches("\\d{1,6}") ? Integer.parseInt(parts[1]) : 0;
  }

  private String removal() {
    return folder.map(path -> " (remove " + path.resolve(FILE) + " to try again)").orElse("");
  }

  /** Kind, number and text of what is known under a key. */
  private String[] entry(Optional<String> key) {
    String[] parts = key.map(name -> known.getProperty(name, "")).orElse("").split(" ", PARTS);
    return parts.length == PARTS ? parts : NOTHING;
  }

  private void put(Optional<String> key, String kind, int number, String text) {
    key.ifPresent(name -> known.setProperty(name, kind + " " + number + " " + text));
    folder.ifPresent(this::write);
  }

  private static Optional<String> key(Path file) {
    try {
      Map<String, Object> all =
          Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
      return Optional.of(
          Stream.of("dev", "ino", "size", "lastModifiedTime", "ctime")
              .map(name -> String.valueOf(all.get(name)))
              .collect(Collectors.joining("|", file + "|", "")));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> checksumKey(Path file) {
    return key(file).map(name -> CHECKED + "|" + name);
  }

  private void write(Path path) {
    try {
      PrivateFolder.keep(path);
      Path fresh = Files.createTempFile(path, "trials", ".new");
      try {
        try (Writer out = Files.newBufferedWriter(fresh)) {
          known.store(out, "What came of trying engine libraries. May be removed.");
        }
        Files.move(fresh, path.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      // A cache that cannot be written costs the next start some time, no more.
      return;
    }
  }
}
