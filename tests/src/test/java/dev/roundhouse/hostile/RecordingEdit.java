package dev.roundhouse.hostile;

import dev.roundhouse.system.RecordingPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Edits of recordings whose checks are right afterwards, so that they get past the first guard. */
enum RecordingEdit implements Edit {
  /** Inside of a part. */
  A_PAYLOAD {
    @Override
    void damage(List<RecordingPart> parts, SplittableRandom chance) {
      RecordingPart part = Edit.any(parts, chance);
      Edit edit = Edit.any(List.of(ByteEdit.values()), chance);
      parts.set(parts.indexOf(part), part.with(edit.damage(part.payload(), chance)));
    }
  },
  /** Inside of a program or kernel; recordings hold them deflated. */
  AN_IMAGE {
    @Override
    void damage(List<RecordingPart> parts, SplittableRandom chance) {
      for (RecordingPart part : List.copyOf(parts)) {
        Optional<byte[]> other = withDamagedImage(part.payload(), chance);
        if (other.isPresent()) {
          parts.set(parts.indexOf(part), part.with(other.get()));
          return;
        }
      }
    }
  },
  PARTS_IN_ANOTHER_ORDER {
    @Override
    void damage(List<RecordingPart> parts, SplittableRandom chance) {
      Collections.swap(parts, chance.nextInt(parts.size()), chance.nextInt(parts.size()));
    }
  },
  A_PART_TWICE {
    @Override
    void damage(List<RecordingPart> parts, SplittableRandom chance) {
      parts.add(chance.nextInt(parts.size() + 1), Edit.any(parts, chance));
    }
  },
  WITHOUT_A_PART {
    @Override
    void damage(List<RecordingPart> parts, SplittableRandom chance) {
      parts.remove(chance.nextInt(parts.size()));
    }
  };

  private static final byte DEFLATED = 0x78;
  private static final int LARGEST_IMAGE = 1 << 20;

  @Override
  public byte[] damage(byte[] file, SplittableRandom chance) {
    try {
      List<RecordingPart> parts = new ArrayList<>(RecordingPart.of(file));
      if (!parts.isEmpty()) {
        damage(parts, chance);
      }
      return RecordingPart.file(parts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  abstract void damage(List<RecordingPart> parts, SplittableRandom chance);

  /** The payload with the image at its end damaged, its length kept, if there is one. */
  private static Optional<byte[]> withDamagedImage(byte[] payload, SplittableRandom chance) {
    for (int at = 0; at < payload.length; at++) {
      Optional<byte[]> image = payload[at] == DEFLATED ? inflated(payload, at) : Optional.empty();
      if (image.isPresent()) {
        byte[] damaged = Edit.any(List.of(ElfEdit.values()), chance).damage(image.get(), chance);
        return Optional.of(ByteEdit.replaced(payload, at, payload.length - at, deflated(damaged)));
      }
    }
    return Optional.empty();
  }

  private static Optional<byte[]> inflated(byte[] payload, int at) {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(payload, at, payload.length - at);
      byte[] image = new byte[LARGEST_IMAGE];
      int length = inflater.inflate(image);
      return inflater.finished() ? Optional.of(Arrays.copyOf(image, length)) : Optional.empty();
    } catch (DataFormatException e) {
      return Optional.empty();
    }
  }

  private static byte[] deflated(byte[] image) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(image);
      deflater.finish();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] piece = new byte[image.length + Long.BYTES];
      while (!deflater.finished()) {
        all.write(piece, 0, deflater.deflate(piece));
      }
      return all.toByteArray();
    }
  }
}
