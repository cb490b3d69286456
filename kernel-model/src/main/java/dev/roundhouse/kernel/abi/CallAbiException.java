package dev.roundhouse.kernel.abi;

/** An ABI profile cannot be used; the message says where and why, in one line. */
public final class CallAbiException extends Exception {
  private static final long serialVersionUID = 1L;

  CallAbiException(String message) {
    super(message);
  }
}
