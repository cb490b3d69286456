package dev.roundhouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ElfProblem;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.RelocationPolicy;
import dev.roundhouse.kernel.loader.Segment;

class ElfImageFuzzTest {
  private static final long PLACE = 0x4060_0000L;
  private static final long MOST_PLACED = 1 << 24;

  @FuzzTest
  void aFileIsRefusedWithAReasonOrStaysInsideTheMemoryItAskedFor(byte[] file) {
    for (RelocationPolicy policy : RelocationPolicy.values()) {
      switch (ElfImage.parse("fuzzed", file, policy)) {
        case ParseResult.Refused(ElfProblem problem) -> assertThat(problem.text()).isNotBlank();
        case ParseResult.Accepted(ElfImage image, var warnings) -> {
          assertThat(warnings).allSatisfy(warning -> assertThat(warning.text()).isNotBlank());
          check(image);
        }
      }
    }
  }

  /** Writing outside of the memory, which is exactly what was asked for, throws. */
  private static void check(ElfImage image) {
    assertThat(image.span()).isPositive();
    AddressRange place = new AddressRange(PLACE, image.span());
    long bias = image.loadBias(place);
    assertThat(place.contains(image.entry() + bias, Integer.BYTES)).as("entry").isTrue();
    for (Segment segment : image.segments()) {
      assertThat(place.contains(segment.address() + bias, segment.memoryBytes())).isTrue();
      assertThat(segment.fileBytes()).isNotNegative();
    }
    image.symbols().at(image.entry());
    image.symbols().named("main"::equals);
    if (image.span() <= MOST_PLACED) {
      image.place(new SparseMemory(place), place);
    }
  }
}
