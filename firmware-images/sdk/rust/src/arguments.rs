// SPDX-License-Identifier: Apache-2.0
//! The argument block of `create`: `KEY\0VALUE\0KEY\0VALUE\0...`.

/// The arguments that the task was created with. Untrusted: the block may lack its last NUL, or a
/// value; what is not whole is ignored, and so is text that is not UTF-8.
#[derive(Clone, Copy, Debug)]
pub struct Arguments<'a> {
    block: &'a [u8],
}

impl<'a> Arguments<'a> {
    /// Arguments in a block of bytes.
    pub const fn new(block: &'a [u8]) -> Self {
        Arguments { block }
    }

    /// The value of the last pair with this key, as the kernel's loader takes the last `PROGRAM`
    /// (loader/src/loader.c, 9d49562).
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.pairs()
            .filter(|pair| pair.0 == key.as_bytes())
            .last()
            .and_then(|pair| core::str::from_utf8(pair.1).ok())
    }

    /// A value as a decimal number; `None` if there is none, or it is no number.
    pub fn number(&self, key: &str) -> Option<u64> {
        self.text(key)?.parse().ok()
    }

    fn pairs(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        let mut rest = self.block;
        core::iter::from_fn(move || {
            let key = cut(&mut rest)?;
            Some((key, cut(&mut rest)?))
        })
    }
}

/// Takes the text before the next NUL off the front.
fn cut<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let end = rest.iter().position(|byte| *byte == 0)?;
    let text = &rest[..end];
    *rest = &rest[end + 1..];
    Some(text)
}

/// The pair that did not fit, or held a NUL.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NoRoomForArgument;

/// An argument block under construction, at most `N` bytes.
#[derive(Clone, Debug)]
pub struct ArgumentBlock<const N: usize = 256> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> ArgumentBlock<N> {
    /// The block for a task that runs `program`.
    pub fn program(program: &str) -> Result<Self, NoRoomForArgument> {
        ArgumentBlock { bytes: [0; N], length: 0 }.with("PROGRAM", program)
    }

    /// The block and one more pair.
    pub fn with(mut self, key: &str, value: &str) -> Result<Self, NoRoomForArgument> {
        for text in [key, value] {
            let end = self.length + text.len();
            if end >= N || text.as_bytes().contains(&0) {
                return Err(NoRoomForArgument);
            }
            self.bytes[self.length..end].copy_from_slice(text.as_bytes());
            self.bytes[end] = 0;
            self.length = end + 1;
        }
        Ok(self)
    }

    /// What `create` takes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_key() {
        let arguments = Arguments::new(b"PROGRAM\0hello\0N\x0012\0");
        assert_eq!(arguments.text("PROGRAM"), Some("hello"));
        assert_eq!(arguments.number("N"), Some(12));
        assert_eq!(arguments.text("NAME"), None);
        assert_eq!(arguments.number("PROGRAM"), None);
    }

    #[test]
    fn the_last_pair_of_a_key_counts() {
        assert_eq!(Arguments::new(b"A\0first\0A\0last\0").text("A"), Some("last"));
    }

    #[test]
    fn a_block_without_its_end_is_read_as_far_as_it_is_whole() {
        assert_eq!(Arguments::new(b"A\0one\0B\0tw").text("A"), Some("one"));
        assert_eq!(Arguments::new(b"A\0one\0B\0tw").text("B"), None);
        assert_eq!(Arguments::new(b"A\0one\0B").text("B"), None);
        assert_eq!(Arguments::new(b"").text("A"), None);
    }

    #[test]
    fn a_block_holds_what_create_takes() {
        let block = ArgumentBlock::<32>::program("child").unwrap().with("N", "7").unwrap();
        assert_eq!(block.bytes(), b"PROGRAM\0child\0N\x007\0");
    }

    #[test]
    fn a_pair_that_does_not_fit_or_holds_a_nul_is_refused() {
        assert!(ArgumentBlock::<14>::program("child").is_ok());
        assert_eq!(ArgumentBlock::<13>::program("child").unwrap_err(), NoRoomForArgument);
        assert_eq!(ArgumentBlock::<64>::program("a\0b").unwrap_err(), NoRoomForArgument);
    }
}
