package dev.roundhouse.devices.train.box;

/**
 * The chain of s88 modules with 16 contacts each. A contact that closes is latched until its module
 * is read in reset mode; one that is still closed then is latched again at once.
 */
public final class SensorModules {
  /** Contacts of a module. */
  public static final int CONTACTS = 16;

  private final int[] latched = new int[CommandDecoder.MODULES + 1];
  private final int[] closed = new int[CommandDecoder.MODULES + 1];
  private Runnable watcher = () -> {};

  /** A chain with all contacts open. */
  public SensorModules() {}

  /** Has somebody told of each contact that closes or opens, after it has. */
  public void watchedBy(Runnable newWatcher) {
    watcher = newWatcher;
  }

  /**
   * A contact closes.
   *
   * @param module 1 to 31
   * @param contact 1 to 16
   */
  public void close(int module, int contact) {
    closed[module] |= bit(contact);
    latched[module] |= bit(contact);
    watcher.run();
  }

  /** A contact opens. */
  public void open(int module, int contact) {
    closed[module] &= ~bit(contact);
    watcher.run();
  }

  /** A contact closes for an instant. */
  public void pulse(int module, int contact) {
    latched[module] |= bit(contact);
    watcher.run();
  }

  /** Sixteen contacts, contact 1 in bit 15. */
  public int read(int module, BoxCommand.Reset reset) {
    int value = latched[module];
    if (reset == BoxCommand.Reset.ON) {
      latched[module] = closed[module];
    }
    return value;
  }

  private static int bit(int contact) {
    return 1 << (CONTACTS - contact);
  }
}
