package dev.roundhouse.devices.bcm2711;

/** A UART's FIFO, whose depth is 1 while FIFOs are disabled (PL011 TRM, DDI 0183, 2.4.2). */
final class Fifo {
  private final int[] slots;
  private int depth = 1;
  private int first;
  private int size;

  /** An empty FIFO of depth 1, at most {@code largestDepth} deep later. */
  Fifo(int largestDepth) {
    slots = new int[largestDepth];
  }

  /** Changes the depth and drops what is inside. */
  void resize(int newDepth) {
    depth = newDepth;
    first = 0;
    size = 0;
  }

  int size() {
    return size;
  }

  int depth() {
    return depth;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return size == depth;
  }

  /** Appends to a FIFO that is not full. */
  void push(int value) {
    slots[(first + size) % slots.length] = value;
    size++;
  }

  /** The oldest entry of a FIFO that is not empty. */
  int peek() {
    return slots[first];
  }

  /** Takes the oldest entry of a FIFO that is not empty. */
  int pop() {
    int value = slots[first];
    first = (first + 1) % slots.length;
    size--;
    return value;
  }
}
