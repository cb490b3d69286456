package dev.roundhouse.devices.gic;

/** One bit for each interrupt id, in words as the distributor's registers show them. */
final class InterruptBits {
  private final int[] words = new int[Distributor.WORDS];

  int word(int index) {
    return words[index];
  }

  void set(int word, int bits) {
    words[word] |= bits;
  }

  void clear(int word, int bits) {
    words[word] &= ~bits;
  }

  void setId(int id) {
    words[id / Integer.SIZE] |= 1 << id;
  }

  void clearId(int id) {
    words[id / Integer.SIZE] &= ~(1 << id);
  }

  boolean has(int id) {
    return (words[id / Integer.SIZE] >>> id & 1) != 0;
  }
}
