package dev.roundhouse.cli.options;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.emulator.setup.BundledSystem;
import dev.roundhouse.emulator.setup.ProgramShelf;
import dev.roundhouse.emulator.setup.TrackRequest;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.CallAbiReader;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** What shells offer for the values of options and parameters, see the command completion. */
public final class Values {
  private Values() {}

  /** Bundled programs, as file names. */
  public record Programs() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return BundledSystem.allPrograms().stream()
          .map(name -> name + ProgramShelf.SUFFIX)
          .iterator();
    }
  }

  /** What can be watched of writes. */
  public record Guards() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Guard.values()).map(Guard::word).iterator();
    }
  }

  /** The tracks that ship. */
  public record Tracks() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return TrackRequest.SHIPPED.iterator();
    }
  }

  /** Lines with their usual far ends. */
  public record Lines() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              TrackRequest.SHIPPED.stream().map(track -> "3=track:" + track),
              Stream.of("3=serial:", "0=pty", "0=tcp:", "0=file:", "0=none"))
          .iterator();
    }
  }

  /** The labels of lines. */
  public record Consoles() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Cables.SERIAL.stream().map(Cables::label).iterator();
    }
  }

  /** Kernels that the model plays. */
  public record Profiles() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return AbiProfile.all().stream().map(AbiProfile::name).iterator();
    }
  }

  /** ABI profiles that ship. */
  public record Abis() implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.copyOf(CallAbiReader.SHIPPED).iterator();
    }
  }
}
