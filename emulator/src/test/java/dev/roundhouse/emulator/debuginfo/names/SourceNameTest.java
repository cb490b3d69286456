package dev.roundhouse.emulator.debuginfo.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected is what c++filt of binutils 2.40 says, without parameters and hashes. */
class SourceNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "_ZN5train10Controller2goEi|train::Controller::go",
        "_ZN5trainL4stopEv|train::stop",
        "_ZN3FooIiE3barEv|Foo<int>::bar",
        "_ZN3FooIPKcLi5ELb1EE3barERKS2_|Foo<char const*, 5, true>::bar",
        "_ZNK5train10Controller5speedEv|train::Controller::speed",
        "_ZN5train10ControllerC2Ev|train::Controller::Controller",
        "_ZN5train10ControllerD0Ev|train::Controller::~Controller",
        "_ZN12_GLOBAL__N_13fooEv|(anonymous namespace)::foo",
        "_ZplRK3FooS1_|operator+",
        "_ZN3FooaSERKS_|Foo::operator=",
        "_Z3addIiET_S0_S0_|add<int>",
        "_ZTV3Foo|vtable for Foo",
        "_ZZ4mainENKUlvE_clEv|main::{lambda#1}::operator()",
        "_ZN4core9panicking5panic17h0123456789abcdefE|core::panicking::panic",
        "_ZN61_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$core..ops..Deref$GT$5deref17h0123456789abcdefE|<alloc::vec::Vec<T> as core::ops::Deref>::deref",
        "_ZN5hello4main28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE|hello::main::{{closure}}",
        "_RNvCs5QKde7ScR4H_7___rustc17rust_begin_unwind|__rustc::rust_begin_unwind",
        "_RNvNtCs1234_7mycrate3foo3bar|mycrate::foo::bar",
        "_RINvNtC3std3mem8align_ofdE|std::mem::align_of::<f64>",
        "_RNvMs_NtCs1234_7mycrate3fooNtB4_3Bar3baz|<mycrate::foo::Bar>::baz",
        "_RNvXs0_NtC7mycrate3fooNtB5_3BarNtNtC4core3fmt5Debug3fmt|<mycrate::foo::Bar as core::fmt::Debug>::fmt",
        "_RNCNvC7mycrate4main0B3_|mycrate::main::{closure#0}",
        "_RINvC7mycrate3fooKj10_E|mycrate::foo::<16>",
        "_RINvC7mycrate3fooRShTmxEE|mycrate::foo::<&[u8], (u32, i64)>",
        "_RNvYNtC7mycrate3FooNtB2_5Trait3run|<mycrate::Foo as mycrate::Foo::Trait>::run"
      })
  void aSymbolHasItsNameInTheSource(String symbol, String name) {
    assertThat(SourceName.of(symbol)).isEqualTo(name);
  }

  @Test
  void whatIsNoMangledNameStaysAsItIs() {
    Random random = new Random(1);
    String all = "_ZN3fooIiE3barEvRCsXYSBT0_9KQLPFDpu$.17h";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder symbol = new StringBuilder(i % 2 == 0 ? "_ZN" : "_RN");
      for (int n = random.nextInt(40); n > 0; n--) {
        symbol.append(all.charAt(random.nextInt(all.length())));
      }
      assertThat(SourceName.of(symbol.toString()).length()).isLessThan(5000);
    }
    assertThat(SourceName.of("_R" + "I".repeat(50_000))).startsWith("_RI");
    assertThat(SourceName.of("_ZN" + "P".repeat(50_000))).startsWith("_ZN");
  }
}
