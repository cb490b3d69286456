package dev.roundhouse.emulator.file;

import dev.roundhouse.devices.text.SimilarNames;
import dev.roundhouse.emulator.process.HostErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A file that a user names and that is read. It has to be a regular one, or a link to one: a pipe
 * would be waited for, a device may never end. Never is more of it read than one byte over the
 * limit of its kind, whatever it says about its size.
 *
 * @param path where it is
 * @param kind what it is meant to be
 * @param calledAs what messages begin with
 */
public record UserFile(Path path, FileKind kind, String calledAs) {
  private static final int LEAST_BUFFER = 8192;
  private static final int MOST_LOOKED_AT = 2000;

  /** A file that messages call by its path. */
  public static UserFile of(Path path, FileKind kind) {
    return new UserFile(path, kind, path.toString());
  }

  /**
   * A file by the user's words for it.
   *
   * @throws UserError when they cannot be a path
   */
  public static UserFile of(String path, FileKind kind, String calledAs) throws UserError {
    try {
      return new UserFile(Path.of(path), kind, calledAs);
    } catch (InvalidPathException e) {
      throw new UserError(kind.refusal(), calledAs + ": that cannot be a path", e);
    }
  }

  /** Reads a file that has been opened. */
  @FunctionalInterface
  public interface Reader<T> {
    /** What it makes of the stream, which starts at the file's start. */
    T read(InputStream in) throws IOException, UserError;
  }

  /**
   * All of it.
   *
   * @throws UserError when it is no regular file, is too large, or cannot be read
   */
  public byte[] bytes() throws UserError {
    return read(in -> bytes(in, sizeHint()));
  }

  /**
   * All of it as text in UTF-8.
   *
   * @throws UserError as for {@link #bytes}, and when it is no such text
   */
  public String text() throws UserError {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
    } catch (CharacterCodingException e) {
      throw refused("not UTF-8 text", e);
    }
  }

  /**
   * Reads it as a stream, which fails at the limit of its kind.
   *
   * @throws UserError as for {@link #bytes}, and what the reader throws
   */
  public <T> T read(Reader<T> reader) throws UserError {
    requireRegular();
    try (InputStream in = new LimitedStream(Files.newInputStream(path), kind)) {
      return reader.read(in);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void requireRegular() throws UserError {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      if (file.isDirectory()) {
        throw refused("is a folder");
      }
      if (!file.isRegularFile()) {
        throw refused("is a pipe, a socket or a device, and only regular files are read");
      }
      if (file.size() > kind.mostBytes()) {
        throw refused(kind.tooLarge());
      }
    } catch (IOException e) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Files.isSymbolicLink(path)) {
        throw refused("is a link that leads nowhere (" + HostErrors.reason(e) + ")", e);
      }
      throw unreadable(e);
    }
  }

  /** What it says about its size, which need not be so: files grow, and those of /proc say 0. */
  private int sizeHint() throws IOException {
    return (int) Math.min(Files.size(path), kind.mostBytes());
  }

  /** Without a second copy where the hint is right: a kernel takes half of the launcher's heap. */
  private static byte[] bytes(InputStream in, int hint) throws IOException {
    byte[] buffer = new byte[Math.max(hint, LEAST_BUFFER)];
    int used = 0;
    while (true) {
      int count = in.readNBytes(buffer, used, buffer.length - used);
      used += count;
      if (used < buffer.length) {
        return Arrays.copyOf(buffer, used);
      }
      int next = in.read();
      if (next < 0) {
        return buffer;
      }
      buffer = Arrays.copyOf(buffer, 2 * used);
      buffer[used++] = (byte) next;
    }
  }

  private UserError unreadable(IOException e) {
    String problem = message("cannot be read (" + HostErrors.reason(e) + ")");
    return new UserError(kind.refusal(), problem + alike(path, kind::isLikely), e);
  }

  /**
   * Such as {@code ; did you mean build/hello.elf?}, by what lies beside a file that is not there;
   * empty if nothing is alike.
   *
   * @param isLikely whether a file of this name would do
   */
  public static String alike(Path path, Predicate<String> isLikely) {
    Path name = path.getFileName();
    if (name == null || Files.exists(path)) {
      return "";
    }
    List<String> beside = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path.resolveSibling("."))) {
      Iterator<Path> each = files.iterator();
      for (int i = 0; i < MOST_LOOKED_AT && each.hasNext(); i++) {
        String other = String.valueOf(each.next().getFileName());
        if (isLikely.test(other)) {
          beside.add(other);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return "";
    }
    beside.sort(null);
    List<String> alike =
        SimilarNames.of(name.toString(), beside).stream()
            .map(other -> path.resolveSibling(other).toString())
            .toList();
    return SimilarNames.asked(alike);
  }

  private UserError refused(String problem) {
    return new UserError(kind.refusal(), message(problem));
  }

  private UserError refused(String problem, IOException cause) {
    return new UserError(kind.refusal(), message(problem), cause);
  }

  private String message(String problem) {
    return calledAs + ": " + problem + "; " + kind.advice();
  }
}
