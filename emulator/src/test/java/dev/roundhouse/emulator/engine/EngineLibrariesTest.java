package dev.roundhouse.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLibrariesTest {
  private static final int FAKE_MIPS = 4711;

  @TempDir Path folder;

  private EngineRequest cacheOnly() {
    return new EngineRequest(Optional.empty(), Optional.of(folder), List.of());
  }

  private EngineRequest explicit(Path file) {
    return new EngineRequest(Optional.of(file), Optional.of(folder), List.of());
  }

  private Path embeddedFile() {
    return EmbeddedLibrary.forHost().orElseThrow().placeIn(folder.resolve("engine"));
  }

  @Test
  void withNothingInstalledTheEmbeddedLibraryIsCopiedIntoTheCacheAndUsed() throws Exception {
    EngineChoice choice = EngineLibraries.choose(cacheOnly());
    assertThat(choice.finding().source()).isEqualTo(EngineSource.EMBEDDED);
    assertThat(choice.finding().file()).isEqualTo(embeddedFile()).exists();
    assertThat(choice.finding().trial()).isInstanceOf(EngineTrial.Works.class);
  }

  @Test
  void withoutACacheTheEmbeddedLibraryIsUsedFromAFileThatIsGoneAfterwards() throws Exception {
    var request = new EngineRequest(Optional.empty(), Optional.empty(), List.of());
    EngineChoice choice = EngineLibraries.choose(request);
    assertThat(choice.finding().source()).isEqualTo(EngineSource.EMBEDDED);
    assertThat(choice.finding().file()).doesNotExist();
  }

  @Test
  void aCacheThatCannotBeWrittenIsNoObstacle() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "a file, where a folder is wanted");
    var request = new EngineRequest(Optional.empty(), Optional.of(file), List.of());
    EngineChoice choice = EngineLibraries.choose(request);
    assertThat(choice.finding().source()).isEqualTo(EngineSource.EMBEDDED);
  }

  @Test
  void aDamagedCopyInTheCacheIsReplaced() throws Exception {
    Files.createDirectories(embeddedFile().getParent());
    Files.writeString(embeddedFile(), "damaged");
    EngineChoice choice = EngineLibraries.choose(cacheOnly());
    assertThat(choice.finding().file()).isEqualTo(embeddedFile());
    assertThat(Files.size(embeddedFile())).isGreaterThan(1 << 20);
  }

  @Test
  void aTrialIsMadeOnceForEachFile() throws Exception {
    EngineLibraries.choose(cacheOnly());
    pretendMeasured();
    assertThat(EngineLibraries.choose(cacheOnly()).finding().storeMips()).isEqualTo(FAKE_MIPS);
  }

  @Test
  void aFileThatHasChangedIsTriedAnew() throws Exception {
    EngineLibraries.choose(cacheOnly());
    pretendMeasured();
    Files.setLastModifiedTime(embeddedFile(), FileTime.fromMillis(1_000_000));
    assertThat(EngineLibraries.choose(cacheOnly()).finding().storeMips()).isNotEqualTo(FAKE_MIPS);
  }

  @Test
  void doctorsSurveyMeasuresAnew() throws Exception {
    EngineLibraries.choose(cacheOnly());
    pretendMeasured();
    assertThat(EngineLibraries.survey(cacheOnly()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.storeMips()).isBetween(1, FAKE_MIPS - 1));
  }

  @Test
  void anInstalledLibraryThatHasAppearedSinceIsNoticed() throws Exception {
    EngineLibraries.choose(cacheOnly());
    Path installed = folder.resolve("engine/unicorn-9.9.9-x/libunicorn.so.2");
    Files.createDirectories(installed.getParent());
    Files.copy(embeddedFile(), installed);
    new TrialMemory(Optional.of(folder.resolve("engine")))
        .remember(installed, new EngineTrial.Works("9.9.9", FAKE_MIPS));
    EngineFinding finding = EngineLibraries.choose(cacheOnly()).finding();
    assertThat(finding.source()).isEqualTo(EngineSource.INSTALLED);
    assertThat(finding.file()).isEqualTo(installed);
  }

  @Test
  void aSlowSystemLibraryIsPassedOverForTheFasterEmbeddedOne() throws Exception {
    EngineLibraries.choose(cacheOnly());
    pretendMeasured();
    Path system = folder.resolve("lib/libunicorn.so.2");
    Files.createDirectories(system.getParent());
    Files.copy(embeddedFile(), system);
    new TrialMemory(Optional.of(folder.resolve("engine")))
        .remember(system, new EngineTrial.Works("2.1.9", 20));
    var request =
        new EngineRequest(Optional.empty(), Optional.of(folder), List.of(system.getParent()));
    assertThat(EngineLibraries.choose(request).finding().source()).isEqualTo(EngineSource.EMBEDDED);
  }

  @Test
  void aSystemLibraryOlderThan21IsSkippedWithTheReason() throws Exception {
    EngineLibraries.choose(cacheOnly());
    Path system = folder.resolve("lib/libunicorn.so.2");
    Files.createDirectories(system.getParent());
    Files.copy(embeddedFile(), system);
    var request =
        new EngineRequest(Optional.empty(), Optional.of(folder), List.of(system.getParent()));
    assertThat(EngineLibraries.survey(request).getFirst().text())
        .contains("2.0.1, but 2.1 or newer is needed");
    assertThat(EngineLibraries.choose(request).finding().source()).isEqualTo(EngineSource.EMBEDDED);
  }

  @Test
  void aNamedFileThatDoesNotWorkEndsWithOneMessageThatSaysWhy() throws IOException {
    Path text = Files.writeString(folder.resolve("libunicorn.so"), "this is no library at all");
    assertThatThrownBy(() -> EngineLibraries.choose(explicit(text)))
        .isInstanceOf(NoEngineException.class)
        .hasMessageContaining("not a library of this system")
        .hasMessageContaining("ROUNDHOUSE_ENGINE")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> EngineLibraries.choose(explicit(folder.resolve("missing.so"))))
        .isInstanceOf(NoEngineException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aLibraryForAnotherProcessorIsSkippedWithTheReason() throws IOException {
    byte[] header = new byte[64];
    ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0, 0x464c457f).putShort(18, (short) 8);
    Path mips = Files.write(folder.resolve("libunicorn.so.2"), header);
    assertThatThrownBy(() -> EngineLibraries.choose(explicit(mips)))
        .hasMessageContaining("built for another processor (ELF machine 8");
  }

  @Test
  void aLibraryThatLacksTheFunctionsIsSkippedWithTheReason() throws IOException {
    Path other = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));
    assertThatThrownBy(() -> EngineLibraries.choose(explicit(other)))
        .hasMessageContaining("has no function uc_version");
  }

  @Test
  void aTruncatedLibraryIsSkippedWithTheReason() throws Exception {
    EngineLibraries.choose(cacheOnly());
    byte[] whole = Files.readAllBytes(embeddedFile());
    Path half = folder.resolve("half.so");
    Files.write(half, java.util.Arrays.copyOf(whole, 4096));
    assertThatThrownBy(() -> EngineLibraries.choose(explicit(half)))
        .isInstanceOf(NoEngineException.class)
        .hasMessageContaining("cut short");
  }

  @Test
  void aLibraryThatEndedTwoProcessesIsNotTriedAgain() throws Exception {
    EngineLibraries.choose(cacheOnly());
    Path engines = folder.resolve("engine");
    new TrialMemory(Optional.of(engines)).noteStart(embeddedFile());
    assertThat(EngineLibraries.choose(cacheOnly()).finding().source())
        .isEqualTo(EngineSource.EMBEDDED);
    new TrialMemory(Optional.of(engines)).noteStart(embeddedFile());
    new TrialMemory(Optional.of(engines)).noteStart(embeddedFile());
    assertThatThrownBy(() -> EngineLibraries.choose(cacheOnly()))
        .hasMessageContaining("it has ended the processes that tried it")
        .hasMessageContaining("trials.properties");
    assertThat(EngineLibraries.survey(cacheOnly()).getFirst().storeMips()).isZero();
  }

  @Test
  void aDamagedMemoryOfTrialsIsForgotten() throws Exception {
    Files.createDirectories(folder.resolve("engine"));
    Files.writeString(
        folder.resolve("engine/trials.properties"), "\\u12 = works x\n\0\n=works 1 2");
    assertThat(EngineLibraries.choose(cacheOnly()).finding().storeMips()).isPositive();
  }

  @Test
  void theEnvironmentNamesCacheAndLibrary() {
    Map<String, String> all =
        Map.of(
            "HOME",
            "/h",
            "XDG_CACHE_HOME",
            "/x",
            "ROUNDHOUSE_CACHE",
            "/r",
            "ROUNDHOUSE_ENGINE",
            "/e");
    EngineRequest request = EngineRequest.of(Optional.empty(), all);
    assertThat(request.cache()).contains(Path.of("/r"));
    assertThat(request.explicit()).contains(Path.of("/e"));
    assertThat(EngineRequest.of(Optional.of(Path.of("/o")), all).explicit())
        .contains(Path.of("/o"));
    assertThat(EngineRequest.of(Optional.empty(), Map.of("HOME", "/h", "XDG_CACHE_HOME", "/x")))
        .extracting(EngineRequest::cache)
        .isEqualTo(Optional.of(Path.of("/x/roundhouse")));
    assertThat(EngineRequest.of(Optional.empty(), Map.of("HOME", "/h")).cache())
        .contains(Path.of("/h/.cache/roundhouse"));
    assertThat(EngineRequest.of(Optional.empty(), Map.of("HOME", "")).cache()).isEmpty();
  }

  private Path planted(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path other = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));
    return Files.copy(other, file);
  }

  private void openToAll(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @Test
  void aLibraryOfAnUnknownChecksumIsNotLoadedFromTheCache() throws Exception {
    Path file = planted(folder.resolve("engine/unicorn-9.9.9-x/libunicorn.so.2"));
    // A library that was loaded and has no such functions would be "unusable", not refused.
    EngineChoice choice = EngineLibraries.choose(cacheOnly());
    assertThat(choice.finding().source()).isEqualTo(EngineSource.EMBEDDED);
    assertThat(choice.refused())
        .singleElement()
        .satisfies(refused -> {
          assertThat(refused.file()).isEqualTo(file);
          assertThat(refused.text()).contains("refused", "checksum", "--engine");
        });
    assertThat(EngineLibraries.survey(cacheOnly()).getFirst().isRefused()).isTrue();
  }

  @Test
  void aMeasurementThatIsRememberedDoesNotStandForAChecksum() throws Exception {
    Path file = planted(folder.resolve("engine/unicorn-9.9.9-x/libunicorn.so.2"));
    new TrialMemory(Optional.of(folder.resolve("engine")))
        .remember(file, new EngineTrial.Works("9.9.9", FAKE_MIPS));
    assertThat(EngineLibraries.choose(cacheOnly()).finding().source())
        .isEqualTo(EngineSource.EMBEDDED);
  }

  @Test
  void aLibraryThatIsChangedAfterItsChecksumWasTakenIsCheckedAgain() throws Exception {
    EngineLibraries.choose(cacheOnly());
    Path file = folder.resolve("engine/unicorn-9.9.9-x/libunicorn.so.2");
    Files.createDirectories(file.getParent());
    Files.copy(embeddedFile(), file);
    assertThat(EngineLibraries.choose(cacheOnly()).refused()).isEmpty();
    FileTime time = Files.getLastModifiedTime(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Path other = Files.write(folder.resolve("other"), bytes); // the first one is mapped
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(EngineLibraries.choose(cacheOnly()).refused()).hasSize(1);
  }

  @Test
  void aCacheThatOthersCanWriteIsNotUsedAtAll() throws Exception {
    planted(folder.resolve("engine/unicorn-9.9.9-x/libunicorn.so.2"));
    openToAll(folder);
    EngineChoice choice = EngineLibraries.choose(cacheOnly());
    assertThat(choice.finding().source()).isEqualTo(EngineSource.EMBEDDED);
    assertThat(choice.finding().file().startsWith(folder)).isFalse();
    assertThat(choice.refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.text()).contains("others can write", "go-w"));
    assertThat(folder.resolve("engine/trials.properties")).doesNotExist();
  }

  @Test
  void anEmbeddedLibraryThatOthersCanWriteIsReplacedByACopyOfOnesOwn() throws Exception {
    EngineLibraries.choose(cacheOnly());
    openToAll(embeddedFile());
    EngineChoice choice = EngineLibraries.choose(cacheOnly());
    assertThat(choice.finding().file()).isEqualTo(embeddedFile());
    assertThat(Files.getPosixFilePermissions(embeddedFile()))
        .doesNotContain(PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);
  }

  @Test
  void aMemoryOfTrialsThatOthersCanWriteIsForgotten() throws Exception {
    EngineLibraries.choose(cacheOnly());
    pretendMeasured();
    openToAll(folder.resolve("engine/trials.properties"));
    assertThat(EngineLibraries.choose(cacheOnly()).finding().storeMips()).isNotEqualTo(FAKE_MIPS);
  }

  @Test
  void aSystemLibraryThatOthersCanWriteIsRefused() throws Exception {
    EngineLibraries.choose(cacheOnly());
    Path system = folder.resolve("lib/libunicorn.so.2");
    Files.createDirectories(system.getParent());
    Files.copy(embeddedFile(), system);
    openToAll(system.getParent());
    var request =
        new EngineRequest(Optional.empty(), Optional.of(folder), List.of(system.getParent()));
    assertThat(EngineLibraries.choose(request).refused()).hasSize(1);
  }

  @Test
  void aNamedLibraryNeedsNoKnownChecksumButAPlaceThatOthersCannotWrite() throws Exception {
    Path named = planted(folder.resolve("own/libunicorn.so.2"));
    assertThatThrownBy(() -> EngineLibraries.choose(explicit(named)))
        .hasMessageContaining("has no function uc_version");
    openToAll(named.getParent());
    assertThatThrownBy(() -> EngineLibraries.choose(explicit(named)))
        .isInstanceOf(NoEngineException.class)
        .hasMessageContaining("refused: others can write")
        .hasMessageNotContaining("\n");
  }

  @Test
  void theInstallerChecksForTheSameLibraries() throws Exception {
    String installer = Files.readString(Path.of("../build/install-engine"));
    var sums = Pattern.compile("library_checksum=([0-9a-f]{64})").matcher(installer).results();
    assertThat(sums.map(found -> found.group(1)).toList())
        .hasSize(2)
        .allSatisfy(sum -> assertThat(PinnedLibraries.hold(sum)).isTrue());
  }

  private void pretendMeasured() {
    new TrialMemory(Optional.of(folder.resolve("engine")))
        .remember(embeddedFile(), new EngineTrial.Works("2.0.1", FAKE_MIPS));
  }
}
