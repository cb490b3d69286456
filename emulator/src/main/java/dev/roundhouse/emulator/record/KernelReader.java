package dev.roundhouse.emulator.record;

import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.machine.HandOver;
import dev.roundhouse.emulator.record.format.FieldReader;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.record.format.RecordingFormat;
import dev.roundhouse.emulator.run.InstructionTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a kernel that was booted. */
final class KernelReader implements GuestReader {
  private final long ramBytes;
  private final Guest.OnReboot onReboot;
  private final InstructionTime instructionTime;
  private HandOver start = HandOver.OF_FIRMWARE;
  private @Nullable KernelImage image;

  /** Takes a booted kernel's fields of the SETUP chunk. */
  KernelReader(FieldReader fields) throws RecordingException {
    ramBytes = fields.takeVarint();
    if (!Guest.Kernel.isAmountOfRam(ramBytes)) {
      throw fields.damaged("an amount of RAM that cannot be");
    }
    onReboot = fields.takeOneOf(SetupReader.REBOOTS);
    long uncachedNanos = fields.takeVarint();
    if (uncachedNanos < 1 || uncachedNanos > InstructionTime.MOST_NANOS) {
      throw fields.damaged("a time of an instruction that cannot be");
    }
    instructionTime = new InstructionTime(uncachedNanos);
  }

  @Override
  public boolean takes(int type, FieldReader fields) throws RecordingException {
    if (type == RecordingFormat.HAND_OVER) {
      start = new HandOver(fields.takeOneOf(SetupReader.STARTERS), fields.takeVarint());
      fields.expectEnd();
      return true;
    }
    if (type != RecordingFormat.KERNEL) {
      return false;
    }
    if (image != null) {
      throw fields.damaged("a second kernel");
    }
    String name = fields.takeText();
    byte[] file = fields.takeDeflated(fields.takeVarint(RecordingFormat.LARGEST_KERNEL_BYTES));
    try {
      KernelImage read = KernelImage.parse(name, file);
      read.requireRoom(ramBytes);
      image = read;
    } catch (KernelImageException e) {
      throw fields.damaged("a kernel that cannot be booted (" + e.getMessage() + ")");
    }
    return true;
  }

  @Override
  public void complete() throws RecordingException {
    if (image == null) {
      throw RecordingException.damaged("the kernel is missing");
    }
  }

  @Override
  public Guest guest() {
    KernelImage present = image;
    if (present == null) {
      throw new IllegalStateException("the kernel is missing");
    }
    return new Guest.Kernel(present, ramBytes, onReboot, instructionTime, Optional.empty(), start);
  }
}
