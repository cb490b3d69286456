// SPDX-License-Identifier: Apache-2.0
//! The buffer of a message, and a message under construction.

use super::{check_layout, header_size, Claims, Extent, Malformed, Message, NoRoom, Plain};
use core::mem::{align_of, size_of};
use core::ops::{Deref, DerefMut};

/// A buffer for one message of at most `N` bytes, aligned for any message.
#[repr(C, align(64))]
pub struct MessageBox<const N: usize = 1024> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Default for MessageBox<N> {
    fn default() -> Self {
        MessageBox::new()
    }
}

impl<const N: usize> MessageBox<N> {
    /// An empty box.
    pub const fn new() -> Self {
        MessageBox { bytes: [0; N], length: 0 }
    }

    /// Begins a message, all of its fields zero. It is whole once the draft is dropped. A message
    /// that can never fit is refused when the program is compiled.
    pub fn begin<'a, M: Message<'a>>(&'a mut self) -> Draft<'a, M> {
        const {
            check_layout::<M>();
            assert!(header_size(M::NAME) + size_of::<M>() <= N, "the box is too small");
        }
        let start = self.bytes.as_ptr() as usize;
        let header = header_size(M::NAME);
        let used = header + size_of::<M>();
        self.length = 0;
        let (front, rest) = self.bytes.split_at_mut(used);
        front.fill(0);
        front[..M::NAME.len()].copy_from_slice(M::NAME.as_bytes());
        // SAFETY: the bytes are big enough and, behind a multiple of 8 in a box aligned to 64,
        // aligned; any bytes are a value of a message whose arrays are empty, and zeros are that.
        let message = unsafe { &mut *front[header..].as_mut_ptr().cast::<M>() };
        Draft { message, rest, start, used, length: &mut self.length }
    }

    /// Whether the message has this type.
    pub fn is_named(&self, name: &str) -> bool {
        let header = header_size(name);
        self.length >= header
            && self.bytes[..name.len()] == *name.as_bytes()
            && self.bytes[name.len()..header].iter().all(|byte| *byte == 0)
    }

    /// Opens the message as one of type `M`, in place. A box can be opened once: afterwards it
    /// counts as empty, because the message's arrays then hold references.
    pub fn open<'a, M: Message<'a>>(&'a mut self) -> Result<&'a mut M, Malformed> {
        const { check_layout::<M>() };
        if !self.is_named(M::NAME) {
            return Err(Malformed::UnknownType);
        }
        let header = header_size(M::NAME);
        let used = header + size_of::<M>();
        let length = core::mem::take(&mut self.length);
        if length < used {
            return Err(Malformed::TooShort);
        }
        let (front, arrays) = self.bytes[..length].split_at_mut(used);
        // SAFETY: big enough and aligned, as in `begin`; any bytes may be in a field before
        // `resolve`, and the reference is given away only after that.
        let message = unsafe { &mut *front[header..].as_mut_ptr().cast::<M>() };
        message.resolve(&mut Claims::new(arrays, used))?;
        Ok(message)
    }

    /// The message as it is sent.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// The whole buffer, for a message to be received into; [`received`](Self::received) comes next.
    pub fn room(&mut self) -> &mut [u8] {
        self.length = 0;
        &mut self.bytes
    }

    /// Says how long the message in the buffer is; more than the buffer counts as the buffer.
    pub fn received(&mut self, length: usize) {
        self.length = length.min(N);
    }
}

/// A message under construction: dereferences to the message's structure.
pub struct Draft<'a, M: Message<'a>> {
    message: &'a mut M,
    rest: &'a mut [u8],
    start: usize,
    used: usize,
    length: &'a mut usize,
}

impl<'a, M: Message<'a>> Draft<'a, M> {
    /// An array of `count` elements from the rest of the box, to be put into a field by `into()`.
    /// Its elements are what the box held before: fill them all.
    pub fn attach<I: Plain>(&mut self, count: usize) -> Result<&'a mut [I], NoRoom> {
        const { assert!(size_of::<I>() > 0 && align_of::<I>() <= 8, "no element of an array") };
        let padding = self.used.wrapping_neg() % align_of::<I>();
        let size = count.checked_mul(size_of::<I>()).ok_or(NoRoom)?;
        let taken = size.checked_add(padding).ok_or(NoRoom)?;
        if taken > self.rest.len() {
            return Err(NoRoom);
        }
        let (front, rest) = core::mem::take(&mut self.rest).split_at_mut(taken);
        self.rest = rest;
        self.used += taken;
        let (gap, array) = front.split_at_mut(padding);
        gap.fill(0);
        // SAFETY: so many bytes, aligned (the box is, to 64), any of them elements, nobody else's.
        Ok(unsafe { core::slice::from_raw_parts_mut(array.as_mut_ptr().cast(), count) })
    }

    /// An array with a copy of these elements.
    pub fn attach_copy<I: Plain>(&mut self, elements: &[I]) -> Result<&'a mut [I], NoRoom> {
        let array = self.attach(elements.len())?;
        array.copy_from_slice(elements);
        Ok(array)
    }
}

impl<'a, M: Message<'a>> Deref for Draft<'a, M> {
    type Target = M;

    fn deref(&self) -> &M {
        self.message
    }
}

impl<'a, M: Message<'a>> DerefMut for Draft<'a, M> {
    fn deref_mut(&mut self) -> &mut M {
        self.message
    }
}

impl<'a, M: Message<'a>> Drop for Draft<'a, M> {
    fn drop(&mut self) {
        self.message.seal(&Extent::new(self.start, self.used));
        *self.length = self.used;
    }
}
