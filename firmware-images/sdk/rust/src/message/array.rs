// SPDX-License-Identifier: Apache-2.0
//! The two forms of an attached array.

use super::{Claims, Extent, Field, Malformed, Plain};
use core::marker::PhantomData;
use core::mem::size_of;
use core::ops::{Deref, DerefMut};
use core::slice;

/// An array behind the structure: 24 bytes, offset and count, then the receiver's slice. This is
/// the form of TrainsOS's own programs.
///
/// Dereferences to the slice. [`Draft::attach`](super::Draft::attach) makes one that has elements.
#[repr(C)]
pub struct Array<'a, I: Plain> {
    offset: u32,
    count: u32,
    view: View<I>,
    life: PhantomData<&'a mut [I]>,
}

/// The compact form: 16 bytes, in which a sender's and a receiver's slice and the message's offset
/// and count take turns. Dropping the draft, or opening the box, converts it.
#[repr(C)]
pub struct CompactArray<'a, I: Plain> {
    form: Form<I>,
    life: PhantomData<&'a mut [I]>,
}

/// A slice as pointer and length; any bits are a value, and a length of zero is the empty slice.
#[repr(C)]
struct View<I> {
    at: *mut I,
    length: u64,
}

#[repr(C)]
union Form<I> {
    wire: (Wire, u64),
    view: core::mem::ManuallyDrop<View<I>>,
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Wire {
    offset: u32,
    count: u32,
}

const _: () = assert!(size_of::<Array<'_, u8>>() == 24 && size_of::<CompactArray<'_, u8>>() == 16);

impl<I: Plain> View<I> {
    const EMPTY: Self = View { at: core::ptr::null_mut(), length: 0 };

    fn of(slice: &mut [I]) -> Self {
        View { at: slice.as_mut_ptr(), length: slice.len() as u64 }
    }

    /// Offset and count in the message; an empty array if it is none of the message's.
    fn wire(&self, extent: &Extent) -> Wire {
        let bytes = self.length as usize * size_of::<I>();
        match extent.offset(self.at as usize, bytes) {
            Some(offset) if self.length > 0 => Wire { offset, count: self.length as u32 },
            _ => Wire { offset: 0, count: 0 },
        }
    }

    fn resolved(wire: Wire, claims: &mut Claims<'_>) -> Result<Self, Malformed> {
        let at = claims.claim(wire.offset, wire.count)?;
        Ok(View { at: at.as_ptr(), length: wire.count.into() })
    }

    /// # Safety
    ///
    /// The view is empty or good for reading during `'s`.
    unsafe fn slice<'s>(&self) -> &'s [I] {
        if self.length == 0 {
            return &[];
        }
        // SAFETY: by the caller.
        unsafe { slice::from_raw_parts(self.at, self.length as usize) }
    }

    /// # Safety
    ///
    /// The view is empty or good for writing during `'s`, and nobody else uses it.
    unsafe fn slice_mut<'s>(&mut self) -> &'s mut [I] {
        if self.length == 0 {
            return &mut [];
        }
        // SAFETY: by the caller.
        unsafe { slice::from_raw_parts_mut(self.at, self.length as usize) }
    }
}

impl<'a, I: Plain> From<&'a mut [I]> for Array<'a, I> {
    fn from(slice: &'a mut [I]) -> Self {
        Array { offset: 0, count: 0, view: View::of(slice), life: PhantomData }
    }
}

impl<I: Plain> Default for Array<'_, I> {
    fn default() -> Self {
        Array { offset: 0, count: 0, view: View::EMPTY, life: PhantomData }
    }
}

impl<I: Plain> Deref for Array<'_, I> {
    type Target = [I];

    fn deref(&self) -> &[I] {
        // SAFETY: a view is only ever empty, made of a slice of life 'a, or claimed for life 'a.
        unsafe { self.view.slice() }
    }
}

impl<I: Plain> DerefMut for Array<'_, I> {
    fn deref_mut(&mut self) -> &mut [I] {
        // SAFETY: as above; the slice or the claim is this array's alone.
        unsafe { self.view.slice_mut() }
    }
}

// SAFETY: `resolve` takes its view from the claims; before it, nothing is dereferenced.
unsafe impl<'a, I: Plain> Field<'a> for Array<'a, I> {
    fn seal(&mut self, extent: &Extent) {
        let wire = self.view.wire(extent);
        self.offset = wire.offset;
        self.count = wire.count;
        self.view = View::EMPTY;
    }

    fn resolve(&mut self, claims: &mut Claims<'a>) -> Result<(), Malformed> {
        let wire = Wire { offset: self.offset, count: self.count };
        self.view = View::resolved(wire, claims)?;
        Ok(())
    }
}

impl<'a, I: Plain> From<&'a mut [I]> for CompactArray<'a, I> {
    fn from(slice: &'a mut [I]) -> Self {
        CompactArray { form: Form::of(View::of(slice)), life: PhantomData }
    }
}

impl<I: Plain> Default for CompactArray<'_, I> {
    fn default() -> Self {
        CompactArray { form: Form::of(View::EMPTY), life: PhantomData }
    }
}

impl<I> Form<I> {
    fn of(view: View<I>) -> Self {
        Form { view: core::mem::ManuallyDrop::new(view) }
    }
}

impl<I: Plain> Deref for CompactArray<'_, I> {
    type Target = [I];

    fn deref(&self) -> &[I] {
        // SAFETY: in a draft and in an opened message the form is a view (all zero is the empty
        // one), and views are as for Array.
        unsafe { self.form.view.slice() }
    }
}

impl<I: Plain> DerefMut for CompactArray<'_, I> {
    fn deref_mut(&mut self) -> &mut [I] {
        // SAFETY: as above; the slice or the claim is this array's alone.
        unsafe { (*self.form.view).slice_mut() }
    }
}

// SAFETY: `resolve` takes its view from the claims; before it, nothing is dereferenced.
unsafe impl<'a, I: Plain> Field<'a> for CompactArray<'a, I> {
    fn seal(&mut self, extent: &Extent) {
        // SAFETY: in a draft the form is a view.
        let wire = unsafe { self.form.view.wire(extent) };
        self.form = Form { wire: (wire, 0) };
    }

    fn resolve(&mut self, claims: &mut Claims<'a>) -> Result<(), Malformed> {
        // SAFETY: any bits are numbers.
        let wire = unsafe { self.form.wire.0 };
        self.form = Form::of(View::resolved(wire, claims)?);
        Ok(())
    }
}
