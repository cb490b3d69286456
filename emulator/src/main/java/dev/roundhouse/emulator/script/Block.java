package dev.roundhouse.emulator.script;

/**
 * Instructions that a processor executes without looking up.
 *
 * @param instructions how many
 * @param end what happens at its end
 * @param step the step that this belongs to
 */
record Block(int instructions, End end, int step) {
  /** What happens at the end of a block. */
  enum End {
    /** The next block begins. */
    NEXT,
    /** The argument registers of the step's call are set; its svc is the next block. */
    ARGUMENTS_SET,
    /** The kernel is entered. */
    SUPERVISOR_CALL,
    /** A device was accessed. */
    DEVICE_ACCESSED,
    /** The first turn of a loop is done; the others have {@link #COMPUTE_TURN} each. */
    COMPUTE_LOOP,
    /** The registers of a copying loop are set; it is skipped if there is nothing to copy. */
    BEFORE_COPY,
    /** The first turn of a copying loop is done; the others have {@link #COPY_TURN} each. */
    COPY_LOOP,
    /** The step's result is stored and the step is done. */
    DONE,
    /** The program returns to its loader. */
    RETURN
  }

  /** Instructions of a turn of a computing loop. */
  static final int COMPUTE_TURN = 2;

  /** Instructions of a turn of a copying loop. */
  static final int COPY_TURN = 4;
}
