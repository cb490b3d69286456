// SPDX-License-Identifier: Apache-2.0
//! Messages that are built and read in place.
//!
//! The bytes of a message (the layout of pie-rust/src/sys/msgbox.rs, 9d49562):
//!
//! | part | |
//! | --- | --- |
//! | type | its name in ASCII, then NULs up to a multiple of 8, one NUL at least |
//! | structure | laid out as in C |
//! | arrays | each aligned to its element; the structure says where, by offset and count |
//!
//! Messages are declared by [`messages!`](crate::messages). A sender begins one in a [`MessageBox`]
//! and gets a [`Draft`], which is the structure (it dereferences to it) and hands out arrays from
//! the rest of the box. A receiver opens a box as an enum of the messages that it understands, and
//! gets references into the box; nothing is copied.
//!
//! What a receiver opens was written by a stranger. Every offset and count is checked against the
//! bytes that really came, arrays that overlap are refused, and every field is of a type for which
//! any bytes are a value ([`Plain`]): no message can make a reference that leads elsewhere.

mod array;
mod field;
mod message_box;

pub use array::{Array, CompactArray};
pub use field::{Claims, Extent, Field};
pub use message_box::{Draft, MessageBox};

#[cfg(target_os = "none")]
mod transfer;
#[cfg(target_os = "none")]
pub use transfer::{call, receive, reply, CallError};

#[cfg(test)]
mod tests;

use crate::plain::Plain;

/// The most arrays that one message can have.
pub const MOST_ARRAYS: usize = 8;

/// Why a message cannot be opened.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Malformed {
    /// Its type is none that the receiver knows.
    UnknownType,
    /// The bytes end within the type's name or the structure.
    TooShort,
    /// An array lies outside the bytes that came.
    OutsideMessage,
    /// An array is not aligned to its element.
    Misaligned,
    /// Two arrays share bytes.
    Overlapping,
    /// More than [`MOST_ARRAYS`] arrays.
    TooManyArrays,
}

/// There is no room left in the box.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NoRoom;

/// A message's structure. Implemented by [`messages!`](crate::messages).
///
/// # Safety
///
/// C layout; every field is a [`Field`]; `resolve` and `seal` call each field's.
pub unsafe trait Message<'a>: Sized + 'a {
    /// The type's name as it stands in the message.
    const NAME: &'static str;

    /// The fields' bytes, without padding between them.
    const SIZE_OF_FIELDS: usize;

    /// Turns references into offsets, before the message is sent.
    fn seal(&mut self, extent: &Extent);

    /// Checks offsets and turns them into references.
    fn resolve(&mut self, claims: &mut Claims<'a>) -> Result<(), Malformed>;
}

/// Compiles only for a structure that can lie in a box.
const fn check_layout<'a, M: Message<'a>>() {
    assert!(
        core::mem::size_of::<M>() == M::SIZE_OF_FIELDS,
        "the message has padding: write it as a field"
    );
    assert!(core::mem::align_of::<M>() <= 8, "a field needs an alignment above 8");
}

/// The bytes that a type's name takes.
const fn header_size(name: &str) -> usize {
    (name.len() + 8) & !7
}

/// Declares messages, and enums of messages.
///
/// ```ignore
/// messages! {
///     /// A message with two arrays; `'a` is the life of the box that it lies in.
///     pub struct Report<'a> {
///         pub train: u32,
///         pub speed: u32,
///         pub name: Array<'a, u8>,
///         pub sensors: Array<'a, u16>,
///     }
///     pub struct Stop {}
///
///     /// What the server understands.
///     pub enum Request<'a> { Report(Report<'a>), Stop(Stop) }
/// }
/// ```
///
/// A structure may have no implicit padding: write it as a field. That also keeps it the same in C.
#[macro_export]
macro_rules! messages {
    () => {};
    ($(#[$attribute:meta])* $visible:vis struct $name:ident<$life:lifetime> {
        $($(#[$note:meta])* $field_visible:vis $field:ident : $type:ty),+ $(,)?
    } $($rest:tt)*) => {
        $(#[$attribute])*
        #[repr(C)]
        $visible struct $name<$life> { $($(#[$note])* $field_visible $field: $type),+ }
        $crate::messages!(@message [$life] [$name<$life>] $name { $($field: $type),+ });
        $crate::messages!($($rest)*);
    };
    ($(#[$attribute:meta])* $visible:vis struct $name:ident {
        $($(#[$note:meta])* $field_visible:vis $field:ident : $type:ty),* $(,)?
    } $($rest:tt)*) => {
        $(#[$attribute])*
        #[repr(C)]
        $visible struct $name { $($(#[$note])* $field_visible $field: $type),* }
        $crate::messages!(@message ['a] [$name] $name { $($field: $type),* });
        $crate::messages!($($rest)*);
    };
    ($(#[$attribute:meta])* $visible:vis enum $name:ident<$life:lifetime> {
        $($(#[$note:meta])* $variant:ident($type:ty)),+ $(,)?
    } $($rest:tt)*) => {
        $(#[$attribute])*
        $visible enum $name<$life> { $($(#[$note])* $variant(&$life mut $type)),+ }
        impl<$life> $name<$life> {
            /// Opens the box as one of these messages. A box can be opened once.
            $visible fn open<const N: usize>(
                message_box: &$life mut $crate::message::MessageBox<N>,
            ) -> Result<Self, $crate::message::Malformed> {
                $(if message_box.is_named(<$type as $crate::message::Message>::NAME) {
                    return message_box.open().map($name::$variant);
                })+
                Err($crate::message::Malformed::UnknownType)
            }
        }
        $crate::messages!($($rest)*);
    };
    (@message [$life:lifetime] [$full:ty] $name:ident { $($field:ident : $type:ty),* }) => {
        // SAFETY: C layout; each field is a Field, or this does not compile; the box checks padding
        // and alignment.
        unsafe impl<$life> $crate::message::Message<$life> for $full {
            const NAME: &'static str = core::stringify!($name);
            const SIZE_OF_FIELDS: usize = 0 $(+ core::mem::size_of::<$type>())*;
            fn seal(&mut self, extent: &$crate::message::Extent) {
                let _ = extent;
                $($crate::message::Field::seal(&mut self.$field, extent);)*
            }
            fn resolve(
                &mut self,
                claims: &mut $crate::message::Claims<$life>,
            ) -> Result<(), $crate::message::Malformed> {
                let _ = claims;
                $($crate::message::Field::resolve(&mut self.$field, claims)?;)*
                Ok(())
            }
        }
    };
}
