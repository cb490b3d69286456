package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageChecksumsTest {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](\\S+)\\.elf");
  private static final Pattern CATALOGUED =
      Pattern.compile("\"file\": \"(\\w+)\\.elf\",\\s*\"sha256\": \"([0-9a-f]{64})\"");

  /** A program and the checksum that it should have. */
  record Sum(String program, String sha256) {}

  static Stream<Sum> sums() {
    return LINE.matcher(Images.checksums()).results().map(r -> new Sum(r.group(2), r.group(1)));
  }

  @ParameterizedTest
  @MethodSource("sums")
  void anImageHasItsChecksum(Sum sum) throws NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Images.bundled(sum.program()));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sum.sha256());
  }

  @Test
  void theCatalogueNamesTheSameChecksums() {
    List<Sum> catalogued =
        CATALOGUED.matcher(Images.catalog()).results().map(ImageChecksumsTest::sum).toList();
    assertThat(catalogued).isNotEmpty().containsExactlyInAnyOrderElementsOf(sums().toList());
  }

  private static Sum sum(MatchResult entry) {
    return new Sum(entry.group(1), entry.group(2));
  }
}
