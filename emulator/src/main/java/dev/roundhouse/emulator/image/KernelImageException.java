package dev.roundhouse.emulator.image;

/** A file is no kernel that can be booted; the message says what, where, and what to do. */
public final class KernelImageException extends Exception {
  private static final long serialVersionUID = 1L;

  public KernelImageException(String message) {
    super(message);
  }
}
