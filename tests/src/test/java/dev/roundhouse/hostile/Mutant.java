package dev.roundhouse.hostile;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A damaged file: an example with a few edits; which, the seed and the number decide.
 *
 * @param number 0 or more; each gives another mutant
 */
record Mutant(HostileFile kind, long seed, int number) {
  private static final int MOST_EDITS = 8;
  private static final int BLUNT_ONE_IN = 4;
  private static final int NUMBER_BITS = 24;

  /** Where it lies while it is run, and afterwards if something was wrong. */
  Path fileIn(Path folder) {
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return folder.resolve("%s-%d-%d%s".formatted(name, seed, number, kind.ending()));
  }

  /** The bytes of the file, from good files of its kind. */
  byte[] content(List<byte[]> examples) {
    SplittableRandom chance =
        new SplittableRandom(31L * kind.name().hashCode() + (seed << NUMBER_BITS) + number);
    byte[] file = Edit.any(examples, chance);
    int left = chance.nextInt(MOST_EDITS);
    boolean isBluntToo = left == 0 || chance.nextInt(BLUNT_ONE_IN) == 0;
    for (; left > 0; left--) {
      file = Edit.any(kind.edits(), chance).damage(file, chance);
    }
    return isBluntToo ? Edit.any(List.of(ByteEdit.values()), chance).damage(file, chance) : file;
  }

  /** The command that runs it again. */
  String again() {
    return """
    build/mvn -q test -pl tests -am -Dtest=HostileInputTest -Dhostile.kind=%s -Dhostile.seed=%d \
    -Dhostile.number=%d -Dsurefire.failIfNoSpecifiedTests=false\
    """
        .formatted(kind, seed, number);
  }
}
