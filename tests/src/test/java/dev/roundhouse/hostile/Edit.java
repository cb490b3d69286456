package dev.roundhouse.hostile;

import java.util.List;
import java.util.SplittableRandom;

/** One way to damage a file; what it does is the chance's choice, so a seed gives it again. */
interface Edit {
  /** A damaged copy. A file that it does not understand is damaged somehow. */
  byte[] damage(byte[] file, SplittableRandom chance);

  /** One of several. */
  static <T> T any(List<T> all, SplittableRandom chance) {
    return all.get(chance.nextInt(all.size()));
  }
}
