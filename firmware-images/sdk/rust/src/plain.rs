// SPDX-License-Identifier: Apache-2.0
//! Types that any bytes are a value of, so that they can be read where a stranger wrote them.

/// A type that may lie in a message.
///
/// # Safety
///
/// Every pattern of bits is a value; there is no padding, no pointer, nothing to drop; the size is
/// not zero; the alignment is at most 8.
pub unsafe trait Plain: Copy + 'static {}

macro_rules! numbers {
    ($($type:ty)*) => { $(
        // SAFETY: a number.
        unsafe impl Plain for $type {}
    )* };
}
numbers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64);

// SAFETY: elements follow one another without padding; the empty array is refused.
unsafe impl<T: Plain, const N: usize> Plain for [T; N] {}

/// A value or none, laid out as the compiler lays out `Option<i32>` and the like: a word that says
/// whether there is one, then the value. Unlike `Option`, any bytes are one of these.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Maybe<T> {
    is_there: u32,
    value: T,
}

// SAFETY: two words without padding, for a value of four bytes.
unsafe impl Plain for Maybe<i32> {}
// SAFETY: as above.
unsafe impl Plain for Maybe<u32> {}

impl<T: Copy> Maybe<T> {
    /// The value, if there is one.
    pub fn get(&self) -> Option<T> {
        (self.is_there != 0).then_some(self.value)
    }
}

impl<T: Copy + Default> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        Maybe { is_there: value.is_some().into(), value: value.unwrap_or_default() }
    }
}

/// Declares a structure that is [`Plain`]: laid out as in C, of plain fields only. Implicit padding
/// is refused when the program is compiled: write it as a field.
///
/// ```ignore
/// plain! {
///     pub struct Point { pub x: i32, pub y: i32 }
/// }
/// ```
#[macro_export]
macro_rules! plain {
    ($(#[$attribute:meta])* $visible:vis struct $name:ident {
        $($(#[$note:meta])* $field_visible:vis $field:ident : $type:ty),+ $(,)?
    }) => {
        $(#[$attribute])*
        #[repr(C)]
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        $visible struct $name { $($(#[$note])* $field_visible $field: $type),+ }

        // SAFETY: C layout, plain fields (checked by `is_plain`), no padding (checked below).
        unsafe impl $crate::plain::Plain for $name {}

        const _: () = {
            const fn is_plain<T: $crate::plain::Plain>() -> usize { core::mem::size_of::<T>() }
            assert!(
                core::mem::size_of::<$name>() == 0 $(+ is_plain::<$type>())+,
                "the structure has padding: write it as a field"
            );
        };
    };
}
