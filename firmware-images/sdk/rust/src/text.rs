// SPDX-License-Identifier: Apache-2.0
//! Printing through a line on the stack: no heap, and one system call a line.

use core::fmt::{self, Write};

/// With CR and LF behind it, a line takes 256 bytes of stack.
const LINE_SIZE: usize = 254;

/// Formatted text of at most 254 bytes; what is more is cut off at a character's end.
pub struct Line {
    bytes: [u8; LINE_SIZE + 2],
    length: usize,
    is_full: bool,
}

impl Line {
    /// An empty line.
    pub const fn new() -> Self {
        Line { bytes: [0; LINE_SIZE + 2], length: 0, is_full: false }
    }

    /// What was written.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl Default for Line {
    fn default() -> Self {
        Line::new()
    }
}

impl Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.is_full {
            return Ok(());
        }
        let room = LINE_SIZE - self.length;
        let mut length = text.len().min(room);
        while !text.is_char_boundary(length) {
            length -= 1;
        }
        self.is_full = length < text.len();
        self.bytes[self.length..self.length + length].copy_from_slice(&text.as_bytes()[..length]);
        self.length += length;
        Ok(())
    }
}

/// Writes formatted text and what comes behind it to UART2 by one `print_raw`.
#[cfg(target_os = "none")]
pub fn print_text(text: fmt::Arguments<'_>, end: LineEnd) {
    let mut line = Line::new();
    // A line takes everything; only a Display of the program's own can fail, and then half is shown.
    let _ = line.write_fmt(text);
    match end {
        LineEnd::Open => crate::syscalls::print_raw(line.bytes()),
        LineEnd::CrLf => {
            let length = line.length;
            line.bytes[length..length + 2].copy_from_slice(b"\r\n");
            crate::syscalls::print_raw(&line.bytes[..length + 2]);
        }
    }
}

/// What comes behind a printed text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LineEnd {
    /// Nothing: more text may follow.
    Open,
    /// CR and LF, as terminals want it.
    CrLf,
}

/// Prints without a line end; at most 254 bytes.
#[macro_export]
macro_rules! print {
    ($($text:tt)*) => { $crate::print_text(core::format_args!($($text)*), $crate::LineEnd::Open) };
}

/// Prints a line that ends in CR and LF, as terminals want it; at most 254 bytes before them.
#[macro_export]
macro_rules! println {
    ($($text:tt)*) => { $crate::print_text(core::format_args!($($text)*), $crate::LineEnd::CrLf) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_what_is_written() {
        let mut line = Line::new();
        write!(line, "tick {}", 42).unwrap();
        assert_eq!(line.bytes(), b"tick 42");
    }

    #[test]
    fn a_long_line_is_cut_at_a_characters_end() {
        let mut line = Line::new();
        write!(line, "{}", "a".repeat(253)).unwrap();
        write!(line, "\u{e4}rger").unwrap();
        write!(line, "b").unwrap();
        assert_eq!(line.bytes().len(), 253);
    }
}
