package dev.roundhouse.devices.device;

/** A UART's FIFO, whose depth is 1 while FIFOs are disabled (PL011 TRM, DDI 0183, 2.4.2). */
public final class Fifo {
  private final int[] slots;
  private int depth = 1;
  private int first;
  private int size;

  /** An empty FIFO of depth 1, at most {@code largestDepth} deep later. */
  public Fifo(int largestDepth) {
    slots = new int[largestDepth];
  }

  /** Changes the depth and drops what is inside. */
  public void resize(int newDepth) {
    depth = newDepth;
    first = 0;
    size = 0;
  }

  public int size() {
    return size;
  }

  /** Entries that it has room for. */
  public int depth() {
    return depth;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public boolean isFull() {
    return size == depth;
  }

  /** Appends to a FIFO that is not full. */
  public void push(int value) {
    slots[(first + size) % slots.length] = value;
    size++;
  }

  /** The oldest entry of a FIFO that is not empty. */
  public int peek() {
    return slots[first];
  }

  /** Takes the oldest entry of a FIFO that is not empty. */
  public int pop() {
    int value = slots[first];
    first = (first + 1) % slots.length;
    size--;
    return value;
  }
}
