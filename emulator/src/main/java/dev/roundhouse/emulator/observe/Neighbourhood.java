package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.task.Task;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Says what an address lies in, or near. */
final class Neighbourhood {
  private static final long NULL_PAGE_BYTES = 4096;
  private static final Pattern TEXT = Pattern.compile("[ -~]{5,8}\\x00{0,3}");
  private static final long DEVICES = 0xFC00_0000L;
  private static final long DEVICES_END = 0x1_0000_0000L;

  /** How far below a stack an overflow is still taken for one. */
  private static final long OVERFLOW_BYTES = 1 << 16;

  private final Kernel kernel;
  private final AddressRange ram;

  Neighbourhood(Kernel kernel, AddressRange ram) {
    this.kernel = kernel;
    this.ram = ram;
  }

  /** What is at {@code address}, seen by a task. */
  String of(long address, Task task) {
    if (address >= 0 && address < NULL_PAGE_BYTES) {
      return "in the null page";
    }
    if (address >= 0 && address < ram.start()) {
      return "in the kernel's memory, below 0x%x".formatted(ram.start());
    }
    if (address >= DEVICES && address < DEVICES_END) {
      return "in device space";
    }
    if (!ram.contains(address)) {
      return "outside of RAM, which is %s%s".formatted(ram, asText(address));
    }
    long below = task.stack().start() - address;
    if (below > 0 && below <= OVERFLOW_BYTES) {
      return "%d bytes below its stack, a stack overflow".formatted(below);
    }
    return inRam(address, task);
  }

  /** What an address is as text, which often has been written over it. */
  private static String asText(long address) {
    byte[] bytes = new byte[Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(address);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return TEXT.matcher(text).matches() ? "; as text \"" + text.trim() + "\"" : "";
  }

  private String inRam(long address, Task task) {
    if (task.stack().contains(address)) {
      return "in its own stack, %d bytes below the top".formatted(task.stack().end() - address);
    }
    boolean isOwn =
        task.program().filter(program -> program.memory().contains(address)).isPresent();
    return isOwn ? "in its own program" : kernel.whereIs(address);
  }
}
