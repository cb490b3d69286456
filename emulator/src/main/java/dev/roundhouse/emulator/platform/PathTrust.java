package dev.roundhouse.emulator.platform;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether another user can change what a path leads to (path_resolution(7), chmod(2), unlink(2)).
 *
 * <p>Links are followed first, and only what they lead to counts. The file and each folder above it
 * must
 *
 * <ul>
 *   <li>belong to the user, to root, or to whoever owns the root folder and could replace all of it
 *       anyway (that is nobody in a container whose root user is another one outside), and
 *   <li>be writable by no group and not by others. A folder with the sticky bit, such as /tmp, may
 *       be: nobody else can rename or remove there what belongs to the owners above. On macOS the
 *       group of administrators may write, as Homebrew sets it up: they are root when they like.
 * </ul>
 *
 * <p>A file that holds to this cannot change between being checked and being loaded.
 */
public final class PathTrust {
  private static final int ROOT = 0;
  private static final int MACOS_ADMINISTRATORS = 80;
  private static final int STICKY = 01000;
  private static final int GROUP_WRITES = 020;
  private static final int OTHERS_WRITE = 002;
  private static final int PERMISSIONS = 07777;
  private static final int FOLDER = 040000;
  private static final int KIND = 0170000;

  private PathTrust() {}

  /**
   * A file or folder on the way, as stat(2) has it.
   *
   * @param mode kind and permissions
   */
  record Step(Path path, int owner, int group, int mode) {
    private boolean isSticky() {
      return (mode & STICKY) != 0 && (mode & KIND) == FOLDER;
    }
  }

  /**
   * Who may own, and whose group may write.
   *
   * @param user the one who runs the process
   * @param rootOwner the owner of the root folder
   * @param administrators groups whose members are root when they like
   */
  record Trusted(int user, int rootOwner, List<Integer> administrators) {}

  /**
   * Why not to trust what is there; empty when only the user and root can change it.
   *
   * @param path a file or folder that exists
   * @return a reason in a few words, with what to do about it
   */
  public static Optional<String> objection(Path path) {
    try {
      List<Step> steps = steps(path.toRealPath());
      return objection(steps, trusted(steps.getFirst().owner()));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.of("this host does not say who can change it");
    }
  }

  /** The same for something that may not exist yet: of the nearest folder above that does. */
  public static Optional<String> objectionToMaking(Path path) {
    Path existing = path.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return objection(existing);
  }

  /** The first objection from the root downwards. */
  static Optional<String> objection(List<Step> steps, Trusted trusted) {
    for (Step step : steps) {
      boolean isOwned =
          step.owner == ROOT || step.owner == trusted.user || step.owner == trusted.rootOwner;
      if (!isOwned) {
        return Optional.of(
            "%s belongs to another user (%d): use a place of your own"
                .formatted(step.path, step.owner));
      }
      boolean isOpenToGroup =
          (step.mode & GROUP_WRITES) != 0 && !trusted.administrators.contains(step.group);
      boolean isOpen = isOpenToGroup || (step.mode & OTHERS_WRITE) != 0;
      if (isOpen && !step.isSticky()) {
        return Optional.of(
            "others can write to %s (mode %04o): chmod go-w it, or use a place of your own"
                .formatted(step.path, step.mode & PERMISSIONS));
      }
    }
    return Optional.empty();
  }

  private static List<Step> steps(Path real) throws IOException {
    List<Step> steps = new ArrayList<>();
    Path at = real.getRoot();
    steps.add(step(at));
    for (Path name : real) {
      at = at.resolve(name);
      steps.add(step(at));
    }
    return steps;
  }

  private static Step step(Path path) throws IOException {
    Map<String, Object> all =
        Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
    return new Step(
        path,
        all.get("uid") instanceof Integer owner ? owner : -1,
        all.get("gid") instanceof Integer group ? group : -1,
        all.get("mode") instanceof Integer mode ? mode : -1);
  }

  private static Trusted trusted(int rootOwner) {
    boolean isMac = HostPlatform.current().isMac();
    return new Trusted(user(), rootOwner, isMac ? List.of(MACOS_ADMINISTRATORS) : List.of());
  }

  private static int user() {
    try {
      MethodHandle geteuid = NativeFunctions.ofHost().function("geteuid");
      return (int) (long) geteuid.invokeExact(0L, 0L, 0L, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }
}
