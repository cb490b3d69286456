package dev.roundhouse.devices.bus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** RAM in plain Java whose pages come into being when they are written; fresh RAM reads as zero. */
public final class SparseMemory implements PhysicalMemory {
  private static final int PAGE_SHIFT = 16;
  private static final int MOST_PAGES = 1 << 20;
  private static final int PAGE_BYTES = 1 << PAGE_SHIFT;
  private static final int PAGE_MASK = PAGE_BYTES - 1;
  private static final byte[] ZEROS = new byte[PAGE_BYTES];
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final AddressRange range;
  private final byte[] @Nullable [] pages;

  /**
   * RAM over {@code range}.
   *
   * @throws IllegalArgumentException beyond 64 GiB
   */
  public SparseMemory(AddressRange range) {
    long count = (range.length() + PAGE_MASK) >>> PAGE_SHIFT;
    if (count > MOST_PAGES) {
      throw new IllegalArgumentException("too much RAM for a sparse memory: " + range);
    }
    this.range = range;
    this.pages = new byte[(int) count][];
  }

  @Override
  public AddressRange range() {
    return range;
  }

  @Override
  public boolean contains(long address, long length) {
    return range.contains(address, length);
  }

  @Override
  public byte getByte(long address) {
    long at = check(address, Byte.BYTES);
    return pageForReading(at)[(int) at & PAGE_MASK];
  }

  @Override
  public int getInt(long address) {
    long at = check(address, Integer.BYTES);
    int offset = (int) at & PAGE_MASK;
    if (offset <= PAGE_BYTES - Integer.BYTES) {
      return (int) INT.get(pageForReading(at), offset);
    }
    return (int) gather(address, Integer.BYTES);
  }

  @Override
  public long getLong(long address) {
    long at = check(address, Long.BYTES);
    int offset = (int) at & PAGE_MASK;
    if (offset <= PAGE_BYTES - Long.BYTES) {
      return (long) LONG.get(pageForReading(at), offset);
    }
    return gather(address, Long.BYTES);
  }

  @Override
  public void putByte(long address, byte value) {
    long at = check(address, Byte.BYTES);
    pageForWriting(at)[(int) at & PAGE_MASK] = value;
  }

  @Override
  public void putInt(long address, int value) {
    long at = check(address, Integer.BYTES);
    int offset = (int) at & PAGE_MASK;
    if (offset <= PAGE_BYTES - Integer.BYTES) {
      INT.set(pageForWriting(at), offset, value);
    } else {
      scatter(address, Integer.BYTES, value);
    }
  }

  @Override
  public void putLong(long address, long value) {
    long at = check(address, Long.BYTES);
    int offset = (int) at & PAGE_MASK;
    if (offset <= PAGE_BYTES - Long.BYTES) {
      LONG.set(pageForWriting(at), offset, value);
    } else {
      scatter(address, Long.BYTES, value);
    }
  }

  @Override
  public void copy(long from, long to, long length) {
    long source = check(from, length);
    long target = check(to, length);
    if (target <= source) {
      for (long done = 0; done < length; ) {
        int chunk = (int) Math.min(length - done, roomAfter(source + done, target + done));
        move(source + done, target + done, chunk);
        done += chunk;
      }
    } else {
      for (long left = length; left > 0; ) {
        int chunk = (int) Math.min(left, roomBefore(source + left, target + left));
        left -= chunk;
        move(source + left, target + left, chunk);
      }
    }
  }

  @Override
  public void read(long address, byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    long at = check(address, length);
    for (int done = 0; done < length; ) {
      int chunk = Math.min(length - done, PAGE_BYTES - ((int) (at + done) & PAGE_MASK));
      byte[] page = pageForReading(at + done);
      System.arraycopy(page, (int) (at + done) & PAGE_MASK, into, offset + done, chunk);
      done += chunk;
    }
  }

  @Override
  public void write(long address, byte[] from, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, from.length);
    long at = check(address, length);
    for (int done = 0; done < length; ) {
      int chunk = Math.min(length - done, PAGE_BYTES - ((int) (at + done) & PAGE_MASK));
      byte[] page = pageForWriting(at + done);
      System.arraycopy(from, offset + done, page, (int) (at + done) & PAGE_MASK, chunk);
      done += chunk;
    }
  }

  @Override
  public void fill(long address, long length, byte value) {
    long at = check(address, length);
    for (long done = 0; done < length; ) {
      int offset = (int) (at + done) & PAGE_MASK;
      int chunk = (int) Math.min(length - done, PAGE_BYTES - offset);
      if (value != 0 || pages[(int) ((at + done) >>> PAGE_SHIFT)] != null) {
        Arrays.fill(pageForWriting(at + done), offset, offset + chunk, value);
      }
      done += chunk;
    }
  }

  private void move(long source, long target, int bytes) {
    byte[] from = pageForReading(source);
    byte[] to = pageForWriting(target);
    System.arraycopy(from, (int) source & PAGE_MASK, to, (int) target & PAGE_MASK, bytes);
  }

  private static int roomAfter(long source, long target) {
    return PAGE_BYTES - Math.max((int) source & PAGE_MASK, (int) target & PAGE_MASK);
  }

  private static int roomBefore(long source, long target) {
    return 1 + Math.min((int) (source - 1) & PAGE_MASK, (int) (target - 1) & PAGE_MASK);
  }

  private long gather(long address, int bytes) {
    long value = 0;
    for (int index = bytes - 1; index >= 0; index--) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(getByte(address + index));
    }
    return value;
  }

  private void scatter(long address, int bytes, long value) {
    for (int index = 0; index < bytes; index++) {
      putByte(address + index, (byte) (value >>> (index * Byte.SIZE)));
    }
  }

  /** The distance of {@code address} from the start, once all of the access is known to be RAM. */
  private long check(long address, long length) {
    if (!range.contains(address, length)) {
      throw new IndexOutOfBoundsException(
          "0x%x, %d bytes: not in RAM %s".formatted(address, length, range));
    }
    return address - range.start();
  }

  private byte[] pageForReading(long at) {
    byte[] page = pages[(int) (at >>> PAGE_SHIFT)];
    return page == null ? ZEROS : page;
  }

  private byte[] pageForWriting(long at) {
    int index = (int) (at >>> PAGE_SHIFT);
    byte[] page = pages[index];
    if (page == null) {
      page = new byte[PAGE_BYTES];
      pages[index] = page;
    }
    return page;
  }
}
