package dev.roundhouse.emulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.platform.PathTrust.Step;
import dev.roundhouse.emulator.platform.PathTrust.Trusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTrustTest {
  private static final int ME = 1000;
  private static final int SOMEBODY = 1001;
  private static final int OUTSIDE_ROOT = 65534;
  private static final int GROUP = 100;
  private static final Trusted TRUSTED = new Trusted(ME, 0, List.of());
  private static final Step ROOT = folder("/", 0, 0755);

  @TempDir Path folder;

  private static Step folder(String path, int owner, int permissions) {
    return new Step(Path.of(path), owner, GROUP, 040000 | permissions);
  }

  private static Step file(String path, int owner, int permissions) {
    return new Step(Path.of(path), owner, GROUP, 0100000 | permissions);
  }

  @Test
  void aFileOfOnesOwnInFoldersOfOnesOwnIsTrusted() {
    List<Step> steps = List.of(ROOT, folder("/h", ME, 0700), file("/h/lib.so", ME, 0644));
    assertThat(PathTrust.objection(steps, TRUSTED)).isEmpty();
  }

  @Test
  void whatBelongsToAnotherUserIsNotTrustedWhateverItsMode() {
    List<Step> steps = List.of(ROOT, file("/lib.so", SOMEBODY, 0400));
    assertThat(PathTrust.objection(steps, TRUSTED))
        .hasValueSatisfying(why -> assertThat(why).contains("/lib.so belongs to another user"));
    List<Step> inTheirs = List.of(ROOT, folder("/h", SOMEBODY, 0755), file("/h/a", ME, 0600));
    assertThat(PathTrust.objection(inTheirs, TRUSTED)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {0777, 0775, 0757, 0722, 0702})
  void aFolderThatOthersCanWriteIsNotTrusted(int permissions) {
    List<Step> steps = List.of(ROOT, folder("/h", ME, permissions), file("/h/lib.so", ME, 0644));
    assertThat(PathTrust.objection(steps, TRUSTED))
        .hasValueSatisfying(why -> assertThat(why).contains("write to /h ", "chmod go-w"));
  }

  @Test
  void anAncestorCountsAsMuchAsTheFolderItself() {
    List<Step> steps =
        List.of(ROOT, folder("/a", 0, 0777), folder("/a/b", ME, 0700), file("/a/b/c", ME, 0600));
    assertThat(PathTrust.objection(steps, TRUSTED)).isPresent();
  }

  @Test
  void nobodyCanReplaceWhatIsOnesOwnInAStickyFolder() {
    Step tmp = folder("/tmp", 0, 01777);
    assertThat(PathTrust.objection(List.of(ROOT, tmp, file("/tmp/a", ME, 0600)), TRUSTED))
        .isEmpty();
    assertThat(PathTrust.objection(List.of(ROOT, tmp, file("/tmp/a", SOMEBODY, 0600)), TRUSTED))
        .isPresent();
    Step theirs = folder("/t", SOMEBODY, 01777);
    assertThat(PathTrust.objection(List.of(ROOT, theirs, file("/t/a", ME, 0600)), TRUSTED))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {0666, 0664, 01666})
  void aFileThatOthersCanWriteIsNotTrustedSoTheStickyBitIsNoHelp(int permissions) {
    List<Step> steps = List.of(ROOT, file("/lib.so", ME, permissions));
    assertThat(PathTrust.objection(steps, TRUSTED)).isPresent();
  }

  @Test
  void whoeverOwnsTheRootFolderCouldReplaceAllAnyway() {
    Trusted inContainer = new Trusted(ME, OUTSIDE_ROOT, List.of());
    List<Step> steps = List.of(folder("/", OUTSIDE_ROOT, 0755), file("/a", OUTSIDE_ROOT, 0755));
    assertThat(PathTrust.objection(steps, inContainer)).isEmpty();
  }

  @Test
  void aGroupThatIsRootAnywayMayWrite() {
    List<Step> steps = List.of(ROOT, folder("/opt", ME, 0775), file("/opt/lib.so", ME, 0644));
    assertThat(PathTrust.objection(steps, new Trusted(ME, 0, List.of(GROUP)))).isEmpty();
  }

  @Test
  void onlyWhatALinkLeadsToCounts() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Path mine = Files.createDirectory(folder.resolve("mine"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString("rwx------"));
    Path bad = Files.writeString(open.resolve("lib.so"), "");
    Path good = Files.writeString(mine.resolve("lib.so"), "");
    Files.setPosixFilePermissions(good, PosixFilePermissions.fromString("rw-r--r--"));
    Path toBad = Files.createSymbolicLink(mine.resolve("link"), bad);
    Path toGood = Files.createSymbolicLink(open.resolve("link"), good);
    assertThat(PathTrust.objection(toBad)).isPresent();
    assertThat(PathTrust.objection(toGood)).isEmpty();
  }

  @Test
  void whatIsNotThereYetIsAsGoodAsTheFolderAboveIt() throws IOException {
    assertThat(PathTrust.objectionToMaking(folder.resolve("a/b/c"))).isEmpty();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(PathTrust.objectionToMaking(folder.resolve("a/b/c"))).isPresent();
  }

  @Test
  void aPrivateFolderIsForTheUserOnlyAndGoesWithAllThatIsInIt() throws IOException {
    Path path;
    try (PrivateFolder made = PrivateFolder.makeIn(List.of(folder))) {
      path = made.path();
      assertThat(Files.getPosixFilePermissions(path))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      Files.writeString(Files.createDirectory(path.resolve("in")).resolve("file"), "");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void aPrivateFolderIsNotMadeWhereOthersCouldReplaceIt() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
    try (PrivateFolder made = PrivateFolder.makeIn(List.of(open, own))) {
      assertThat(made.path()).startsWith(own);
    }
  }
}
