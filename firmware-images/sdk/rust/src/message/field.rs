// SPDX-License-Identifier: Apache-2.0
//! The fields of a message, and the bytes that its arrays may lie in.

use super::{Malformed, Plain, MOST_ARRAYS};
use core::marker::PhantomData;
use core::mem::{align_of, size_of};
use core::ptr::NonNull;

/// A field of a message: a [`Plain`] value or an array.
///
/// # Safety
///
/// Any bytes may be in the field before `resolve`; only after it has succeeded does it lead to
/// other memory, and then to what `claims` gave.
pub unsafe trait Field<'a> {
    /// Turns a reference into an offset; a plain value stays what it is.
    fn seal(&mut self, extent: &Extent) {
        let _ = extent;
    }

    /// Turns a checked offset into a reference; a plain value stays what it is.
    fn resolve(&mut self, claims: &mut Claims<'a>) -> Result<(), Malformed> {
        let _ = claims;
        Ok(())
    }
}

// SAFETY: plain values lead nowhere.
unsafe impl<T: Plain> Field<'_> for T {}

/// Where a message under construction lies.
pub struct Extent {
    start: usize,
    length: usize,
}

impl Extent {
    pub(super) fn new(start: usize, length: usize) -> Self {
        Extent { start, length }
    }

    /// The offset of an array of this message; `None` for one of another box.
    pub(super) fn offset(&self, at: usize, bytes: usize) -> Option<u32> {
        let offset = at.checked_sub(self.start)?;
        let end = offset.checked_add(bytes)?;
        if end > self.length {
            return None;
        }
        u32::try_from(offset).ok()
    }
}

/// The bytes behind a received structure, handed out to its arrays, each byte at most once.
pub struct Claims<'a> {
    arrays: *mut u8,
    first: usize,
    length: usize,
    taken: [(usize, usize); MOST_ARRAYS],
    count: usize,
    life: PhantomData<&'a mut [u8]>,
}

impl<'a> Claims<'a> {
    /// Bytes that begin `first` bytes behind the start of the message.
    pub(super) fn new(arrays: &'a mut [u8], first: usize) -> Self {
        Claims {
            arrays: arrays.as_mut_ptr(),
            first,
            length: arrays.len(),
            taken: [(0, 0); MOST_ARRAYS],
            count: 0,
            life: PhantomData,
        }
    }

    /// The array at `offset` from the start of the message, as a pointer that is good for `count`
    /// elements during `'a` and shares no byte with another claim.
    pub(super) fn claim<I: Plain>(
        &mut self,
        offset: u32,
        count: u32,
    ) -> Result<NonNull<I>, Malformed> {
        if count == 0 {
            return Ok(NonNull::dangling());
        }
        let from = (offset as usize).checked_sub(self.first).ok_or(Malformed::OutsideMessage)?;
        let to = (count as usize)
            .checked_mul(size_of::<I>())
            .and_then(|bytes| bytes.checked_add(from))
            .filter(|end| *end <= self.length)
            .ok_or(Malformed::OutsideMessage)?;
        // SAFETY: from <= to <= length.
        let at = unsafe { self.arrays.add(from) };
        if at as usize % align_of::<I>() != 0 {
            return Err(Malformed::Misaligned);
        }
        if self.taken[..self.count].iter().any(|other| from < other.1 && other.0 < to) {
            return Err(Malformed::Overlapping);
        }
        let slot = self.taken.get_mut(self.count).ok_or(Malformed::TooManyArrays)?;
        *slot = (from, to);
        self.count += 1;
        NonNull::new(at.cast()).ok_or(Malformed::OutsideMessage)
    }
}
