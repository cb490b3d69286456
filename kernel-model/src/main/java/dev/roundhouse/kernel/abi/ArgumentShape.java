package dev.roundhouse.kernel.abi;

import dev.roundhouse.devices.text.Words;
import java.util.Optional;

/**
 * An argument of a system call.
 *
 * @param name as in traces
 * @param kind what it is
 * @param register that holds it, 0 to 30
 * @param lengthRegister that holds its length, if its kind has one
 * @param bytes of what an address leads to, if its kind says no length; otherwise 0
 */
public record ArgumentShape(String name, Kind kind, int register, int lengthRegister, int bytes) {
  /** An argument whose kind says all. */
  public ArgumentShape(String name, Kind kind, int register, int lengthRegister) {
    this(name, kind, register, lengthRegister, 0);
  }

  /** What its length is called, if it has one. */
  public String lengthName() {
    return name + "_bytes";
  }

  /** What a register means. */
  public enum Kind {
    /** A number of 32 bits. */
    INT,
    /** A number of 64 bits. */
    LONG,
    /** A task. */
    TID,
    /** A new task's priority. */
    PRIORITY,
    /** Bytes that the kernel reads; a second register has their number. */
    IN,
    /** Characters that the kernel reads, up to a NUL. */
    TEXT,
    /** Room for as many bytes as the result says; a second register has the room's size. */
    OUT,
    /** Where a number of 32 bits goes. */
    OUT_INT,
    /** Where an address goes; all that matters is whether it is NULL. */
    OUT_POINTER,
    /** Where as many bytes are as the profile says, which the kernel reads; they may differ. */
    IN_ANY,
    /** Where as many bytes go as the profile says; they may differ. */
    OUT_ANY,
    /** Something that may differ. */
    ANY;

    /** The kind as profiles call it, such as {@code out-int}. */
    public String word() {
      return Words.of(this);
    }

    static Optional<Kind> of(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }

    /** Whether a second register has its length. */
    public boolean hasLength() {
      return this == IN || this == OUT;
    }

    /** Whether a number behind the register has its length. */
    public boolean hasSize() {
      return this == IN_ANY || this == OUT_ANY;
    }

    /** Whether it is the address of something that the kernel reads. */
    public boolean isRead() {
      return this == IN || this == TEXT || this == IN_ANY;
    }

    /** Whether it is the address of something that the kernel writes. */
    public boolean isWritten() {
      return isAnswer() || this == OUT_ANY;
    }

    /** Whether the kernel has written it by the end of the call. */
    public boolean isAnswer() {
      return this == OUT || this == OUT_INT || this == OUT_POINTER;
    }
  }
}
