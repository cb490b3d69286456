// SPDX-License-Identifier: Apache-2.0
use super::*;
use crate::messages;
use crate::plain::Maybe;

messages! {
    struct Report<'a> {
        train: u32,
        speed: u32,
        name: Array<'a, u8>,
        times: Array<'a, u64>,
    }
    struct Compact<'a> {
        name: CompactArray<'a, u8>,
        times: CompactArray<'a, u64>,
    }
    struct Stop {}
    struct Answer { tid: Maybe<i32> }
    struct Eightchr {}

    enum Request<'a> { Report(Report<'a>), Stop(Stop) }
}

const STRUCTURE: usize = 8;
const NAME: usize = STRUCTURE + 8;
const TIMES: usize = NAME + 24;
const ARRAYS: usize = STRUCTURE + 56;

fn report(message_box: &mut MessageBox<256>) {
    let mut draft = message_box.begin::<Report>();
    draft.train = 24;
    draft.speed = 10;
    draft.name = draft.attach_copy(b"express").unwrap().into();
    draft.times = draft.attach_copy(&[1u64, 2, 3]).unwrap().into();
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

/// A box that came from a sender who wrote `words` over a sound report.
fn forged(words: &[(usize, u32)]) -> MessageBox<256> {
    let mut message_box = MessageBox::new();
    report(&mut message_box);
    let length = message_box.bytes().len();
    for (at, value) in words {
        message_box.room()[*at..*at + 4].copy_from_slice(&value.to_le_bytes());
    }
    message_box.received(length);
    message_box
}

fn refusal(words: &[(usize, u32)]) -> Malformed {
    forged(words).open::<Report>().err().expect("the message should be refused")
}

#[test]
fn a_message_has_the_layout_of_the_real_programs() {
    let mut message_box = MessageBox::new();
    report(&mut message_box);
    let bytes = message_box.bytes();
    assert_eq!(&bytes[..STRUCTURE], b"Report\0\0");
    assert_eq!((word(bytes, 8), word(bytes, 12)), (24, 10));
    assert_eq!((word(bytes, NAME), word(bytes, NAME + 4)), (ARRAYS as u32, 7));
    assert_eq!((word(bytes, TIMES), word(bytes, TIMES + 4)), (ARRAYS as u32 + 8, 3));
    assert_eq!(&bytes[ARRAYS..ARRAYS + 8], b"express\0");
    assert_eq!(bytes.len(), ARRAYS + 8 + 24);
    assert_eq!(&bytes[NAME + 8..NAME + 24], &[0; 16], "no address of the sender leaks");
}

#[test]
fn a_type_of_eight_letters_still_has_a_nul() {
    let mut message_box = MessageBox::<64>::new();
    drop(message_box.begin::<Eightchr>());
    assert_eq!(message_box.bytes(), b"Eightchr\0\0\0\0\0\0\0\0");
}

#[test]
fn maybe_is_laid_out_as_an_option() {
    let mut message_box = MessageBox::<64>::new();
    message_box.begin::<Answer>().tid = Some(7).into();
    assert_eq!(&message_box.bytes()[8..], &[1, 0, 0, 0, 7, 0, 0, 0]);
    assert_eq!(message_box.open::<Answer>().unwrap().tid.get(), Some(7));
}

#[test]
fn a_receiver_reads_and_writes_arrays_in_place() {
    let mut message_box = MessageBox::new();
    report(&mut message_box);
    let range = message_box.bytes().as_ptr_range();
    let message = message_box.open::<Report>().unwrap();
    assert_eq!((message.train, &message.name[..], &message.times[..]), (24, &b"express"[..], &[1u64, 2, 3][..]));
    assert!(range.contains(&message.name.as_ptr()));
    message.times[2] = 9;
    message.name[0] = b'E';
    assert_eq!((&message.name[..2], message.times[2]), (&b"Ex"[..], 9));
}

#[test]
fn an_enum_opens_the_message_by_its_type() {
    let mut message_box = MessageBox::new();
    report(&mut message_box);
    assert!(matches!(Request::open(&mut message_box), Ok(Request::Report(report)) if report.speed == 10));
    drop(message_box.begin::<Stop>());
    assert!(matches!(Request::open(&mut message_box), Ok(Request::Stop(Stop {}))));
    message_box.begin::<Answer>().tid = None.into();
    assert!(matches!(Request::open(&mut message_box), Err(Malformed::UnknownType)));
}

#[test]
fn a_box_can_be_opened_once() {
    let mut message_box = MessageBox::new();
    report(&mut message_box);
    assert!(message_box.open::<Report>().is_ok());
    assert_eq!(message_box.open::<Report>().err(), Some(Malformed::UnknownType));
}

#[test]
fn the_compact_form_is_converted_when_the_draft_is_dropped_and_the_box_opened() {
    let mut message_box = MessageBox::<256>::new();
    let mut draft = message_box.begin::<Compact>();
    draft.name = draft.attach_copy(b"ab").unwrap().into();
    draft.times = draft.attach::<u64>(2).unwrap().into();
    draft.times.fill(5);
    drop(draft);
    let bytes = message_box.bytes();
    let arrays = STRUCTURE + 32;
    assert_eq!((word(bytes, 8), word(bytes, 12)), (arrays as u32, 2));
    assert_eq!((word(bytes, 24), word(bytes, 28)), (arrays as u32 + 8, 2));
    assert_eq!((&bytes[16..24], &bytes[32..40]), (&[0; 8][..], &[0; 8][..]));
    let message = message_box.open::<Compact>().unwrap();
    assert_eq!((&message.name[..], &message.times[..]), (&b"ab"[..], &[5u64, 5][..]));
}

#[test]
fn arrays_that_were_not_attached_are_empty() {
    let mut message_box = MessageBox::<256>::new();
    drop(message_box.begin::<Report>());
    let message = message_box.open::<Report>().unwrap();
    assert!(message.name.is_empty() && message.times.is_empty());
}

#[test]
fn an_array_of_another_box_arrives_empty() {
    let mut other = MessageBox::<256>::new();
    let mut message_box = MessageBox::<256>::new();
    let mut foreign = other.begin::<Report>();
    let mut draft = message_box.begin::<Report>();
    draft.name = foreign.attach_copy(b"elsewhere").unwrap().into();
    drop(draft);
    assert!(message_box.open::<Report>().unwrap().name.is_empty());
}

#[test]
fn attaching_more_than_fits_is_refused() {
    let mut message_box = MessageBox::<96>::new();
    let mut draft = message_box.begin::<Report>();
    assert_eq!(draft.attach::<u8>(33).err(), Some(NoRoom));
    assert_eq!(draft.attach::<u64>(usize::MAX / 4).err(), Some(NoRoom));
    assert!(draft.attach::<u8>(1).is_ok());
    assert_eq!(draft.attach::<u64>(4).err(), Some(NoRoom));
    assert!(draft.attach::<u64>(3).is_ok());
}

#[test]
fn arrays_outside_the_message_are_refused() {
    for offset in [0, 8, NAME as u32, ARRAYS as u32 - 1, ARRAYS as u32 + 32, 4096, u32::MAX] {
        assert_eq!(refusal(&[(NAME, offset), (NAME + 4, 1)]), Malformed::OutsideMessage, "{offset}");
    }
    for count in [33, 1 << 29, u32::MAX] {
        assert_eq!(refusal(&[(NAME + 4, count)]), Malformed::OutsideMessage, "{count}");
        assert_eq!(refusal(&[(TIMES + 4, count)]), Malformed::OutsideMessage, "{count}");
    }
}

#[test]
fn misaligned_and_overlapping_arrays_are_refused() {
    assert_eq!(refusal(&[(TIMES, ARRAYS as u32 + 1), (TIMES + 4, 1)]), Malformed::Misaligned);
    assert_eq!(refusal(&[(TIMES, ARRAYS as u32), (TIMES + 4, 1)]), Malformed::Overlapping);
    assert_eq!(refusal(&[(NAME + 4, 32)]), Malformed::Overlapping);
}

#[test]
fn a_count_of_zero_is_empty_whatever_the_offset() {
    let mut message_box = forged(&[(NAME, u32::MAX), (NAME + 4, 0)]);
    assert!(message_box.open::<Report>().unwrap().name.is_empty());
}

#[test]
fn a_message_cut_anywhere_is_refused_or_sound() {
    let mut whole = MessageBox::new();
    report(&mut whole);
    let length = whole.bytes().len();
    for cut in 0..length {
        let mut message_box = forged(&[]);
        message_box.received(cut);
        assert!(message_box.open::<Report>().is_err(), "cut at {cut}");
    }
}

#[test]
fn a_received_length_beyond_the_box_counts_as_the_box() {
    let mut message_box = MessageBox::<64>::new();
    message_box.received(usize::MAX);
    assert_eq!(message_box.bytes().len(), 64);
}

#[test]
fn no_forged_word_makes_a_slice_outside_the_box() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut opened = 0;
    for _ in 0..200_000 {
        let words = [(NAME, ARRAYS), (NAME + 4, 0), (TIMES, ARRAYS), (TIMES + 4, 0)].map(|(at, base)| {
            let near = base as u32 + (next() % 40) as u32 - (next() % 8).min(base as u64) as u32;
            (at, if next() % 8 == 0 { next() as u32 } else { near })
        });
        let mut message_box = forged(&words);
        let range = message_box.bytes().as_ptr_range();
        let Ok(message) = message_box.open::<Report>() else { continue };
        opened += 1;
        let (name, times) = (message.name.as_ptr_range(), message.times.as_ptr_range());
        for (slice_start, slice_end) in [(name.start, name.end), (times.start.cast(), times.end.cast())] {
            let inside = slice_start >= range.start && slice_end <= range.end;
            assert!(inside || slice_start == slice_end);
        }
        let apart = name.end <= times.start.cast() || times.end.cast() <= name.start;
        assert!(apart || message.name.is_empty() || message.times.is_empty());
        message.name.fill(1);
        message.times.fill(2);
    }
    assert!(opened > 1000, "only {opened} messages were sound: the test shows little");
}
