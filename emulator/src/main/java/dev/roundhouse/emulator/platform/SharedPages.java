package dev.roundhouse.emulator.platform;

/** A file's pages that are a part of memory. */
@FunctionalInterface
public interface SharedPages {
  /** Pages of which this host does not tell when they are gone. */
  SharedPages UNWATCHED = () -> false;

  /** Whether somebody touched a page behind the file's present end; it is an empty one now. */
  boolean isCutShort();
}
