//! A file of named arrays of numbers: how the encoder and the learned heads are kept on disk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

const MAGIC: &[u8; 8] = b"CALMTENS";
const VERSION: u32 = 1;
/// Numbers in a block of four-bit weights.
const BLOCK: usize = 32;
/// Bytes of such a block: a half-precision scale and 32 half-bytes.
const BLOCK_BYTES: usize = 18;
/// No file that the program writes has a larger head.
const LARGEST_HEAD: usize = 4 << 20;

/// Why a file of arrays cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TensorError {
    #[error("this is no file of arrays, or of another version than {VERSION}")]
    Foreign,
    #[error("the head of the file is broken: {0}")]
    Head(String),
    #[error("`{0}` is missing, cut short or of another shape")]
    Array(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    F32,
    I8,
    /// Blocks of 32 four-bit numbers with a scale each.
    Q4,
    /// UTF-8 lines.
    Text,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    name: String,
    kind: Kind,
    shape: Vec<usize>,
    offset: usize,
    length: usize,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Head {
    tensors: Vec<Entry>,
    #[serde(flatten)]
    about: BTreeMap<String, serde_json::Value>,
}

/// An opened file of arrays.
#[derive(Debug)]
pub(crate) struct Tensors<'a> {
    entries: BTreeMap<String, Entry>,
    about: BTreeMap<String, serde_json::Value>,
    data: &'a [u8],
}

impl<'a> Tensors<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Tensors<'a>, TensorError> {
        let number = |at: usize| {
            bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes).ok_or(TensorError::Foreign)
        };
        if bytes.get(..8) != Some(MAGIC) || number(8)? != VERSION {
            return Err(TensorError::Foreign);
        }
        let length = number(12)? as usize;
        if length > LARGEST_HEAD {
            return Err(TensorError::Foreign);
        }
        let head = bytes.get(16..16 + length).ok_or(TensorError::Foreign)?;
        let head: Head = serde_json::from_slice(head).map_err(|error| TensorError::Head(error.to_string()))?;
        let data = &bytes[16 + length..];
        for entry in &head.tensors {
            let fits = entry.offset.checked_add(entry.length).is_some_and(|end| end <= data.len());
            let count = entry.shape.iter().try_fold(1usize, |all, side| all.checked_mul(*side));
            let wanted = count.and_then(|count| match entry.kind {
                Kind::F32 => count.checked_mul(4),
                Kind::I8 => Some(count),
                Kind::Q4 => (count % BLOCK == 0).then(|| count / BLOCK * BLOCK_BYTES),
                Kind::Text => Some(entry.length),
            });
            if !fits || wanted != Some(entry.length) {
                return Err(TensorError::Array(entry.name.clone()));
            }
        }
        let entries = head.tensors.into_iter().map(|entry| (entry.name.clone(), entry)).collect();
        Ok(Tensors { entries, about: head.about, data })
    }

    fn find(&self, name: &str, kind: Kind) -> Result<(&Entry, &'a [u8]), TensorError> {
        self.entries
            .get(name)
            .filter(|entry| entry.kind == kind)
            .map(|entry| (entry, &self.data[entry.offset..entry.offset + entry.length]))
            .ok_or_else(|| TensorError::Array(name.to_owned()))
    }

    pub(crate) fn shape(&self, name: &str) -> &[usize] {
        self.entries.get(name).map_or(&[], |entry| &entry.shape)
    }

    /// A number of the file's head.
    pub(crate) fn number(&self, name: &str) -> Result<f64, TensorError> {
        self.about.get(name).and_then(serde_json::Value::as_f64).ok_or_else(|| TensorError::Head(name.to_owned()))
    }

    /// A word of the file's head.
    pub(crate) fn word(&self, name: &str) -> Result<String, TensorError> {
        let word = self.about.get(name).and_then(serde_json::Value::as_str);
        word.map(str::to_owned).ok_or_else(|| TensorError::Head(name.to_owned()))
    }

    /// An array of `length` numbers.
    pub(crate) fn floats(&self, name: &str, length: usize) -> Result<Vec<f32>, TensorError> {
        let (_, bytes) = self.find(name, Kind::F32)?;
        let numbers: Vec<f32> = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        if numbers.len() == length && numbers.iter().all(|number| number.is_finite()) {
            Ok(numbers)
        } else {
            Err(TensorError::Array(name.to_owned()))
        }
    }

    /// A matrix of whole numbers, `rows` by `columns`.
    pub(crate) fn bytes(&self, name: &str, rows: usize, columns: usize) -> Result<Vec<i8>, TensorError> {
        let (entry, bytes) = self.find(name, Kind::I8)?;
        if entry.shape != [rows, columns] {
            return Err(TensorError::Array(name.to_owned()));
        }
        Ok(bytes.iter().map(|byte| byte.cast_signed()).collect())
    }

    pub(crate) fn rows(&self, name: &str, columns: usize) -> Result<Rows<'a>, TensorError> {
        let (entry, data) = self.find(name, Kind::Q4)?;
        match entry.shape[..] {
            [count, found] if found == columns && columns.is_multiple_of(BLOCK) => Ok(Rows { data, count, columns }),
            _ => Err(TensorError::Array(name.to_owned())),
        }
    }

    pub(crate) fn lines(&self, name: &str) -> Result<Vec<&'a str>, TensorError> {
        let (entry, bytes) = self.find(name, Kind::Text)?;
        let text = std::str::from_utf8(bytes).map_err(|_| TensorError::Array(name.to_owned()))?;
        let lines: Vec<&str> = text.split('\n').collect();
        if entry.shape == [lines.len()] { Ok(lines) } else { Err(TensorError::Array(name.to_owned())) }
    }
}

/// A matrix of four-bit numbers that is unpacked a row at a time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows<'a> {
    data: &'a [u8],
    pub count: usize,
    columns: usize,
}

impl Rows<'_> {
    /// Puts row `number` into `out`, which has a place for each column.
    pub(crate) fn unpack(&self, number: usize, out: &mut [f32]) {
        let length = self.columns / BLOCK * BLOCK_BYTES;
        let row = &self.data[number * length..(number + 1) * length];
        for (block, out) in row.chunks_exact(BLOCK_BYTES).zip(out.chunks_exact_mut(BLOCK)) {
            let scale = half(u16::from_le_bytes([block[0], block[1]]));
            let (low, high) = out.split_at_mut(BLOCK / 2);
            for ((byte, low), high) in block[2..].iter().zip(low).zip(high) {
                *low = f32::from(byte & 15) * scale - 8.0 * scale;
                *high = f32::from(byte >> 4) * scale - 8.0 * scale;
            }
        }
    }
}

/// A half-precision number; one that is no number counts as nothing.
fn half(bits: u16) -> f32 {
    let exponent = i32::from((bits >> 10) & 31);
    let fraction = f32::from(bits & 1023) / 1024.0;
    let size = match exponent {
        0 => fraction * 2f32.powi(-14),
        31 => 0.0,
        _ => (1.0 + fraction) * 2f32.powi(exponent - 15),
    };
    if bits >> 15 == 1 { -size } else { size }
}

/// Collects arrays and writes them as one file.
#[cfg(any(test, feature = "training"))]
#[derive(Debug, Default)]
pub(crate) struct TensorWriter {
    head: Head,
    data: Vec<u8>,
}

#[cfg(any(test, feature = "training"))]
impl TensorWriter {
    pub(crate) fn about(&mut self, name: &str, value: serde_json::Value) {
        self.head.about.insert(name.to_owned(), value);
    }

    fn put(&mut self, name: &str, kind: Kind, shape: Vec<usize>, bytes: &[u8]) {
        let entry = Entry { name: name.to_owned(), kind, shape, offset: self.data.len(), length: bytes.len() };
        self.head.tensors.push(entry);
        self.data.extend_from_slice(bytes);
    }

    pub(crate) fn floats(&mut self, name: &str, numbers: &[f32]) {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.put(name, Kind::F32, vec![numbers.len()], &bytes);
    }

    pub(crate) fn bytes(&mut self, name: &str, columns: usize, numbers: &[i8]) {
        let bytes: Vec<u8> = numbers.iter().map(|number| number.cast_unsigned()).collect();
        self.put(name, Kind::I8, vec![numbers.len() / columns.max(1), columns], &bytes);
    }

    pub(crate) fn lines(&mut self, name: &str, lines: &[String]) {
        let text = lines.join("\n");
        let count = text.split('\n').count();
        self.put(name, Kind::Text, vec![count], text.as_bytes());
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        let head = serde_json::to_vec(&self.head).unwrap_or_default();
        let mut file = MAGIC.to_vec();
        file.extend_from_slice(&VERSION.to_le_bytes());
        file.extend_from_slice(&(head.len() as u32).to_le_bytes());
        file.extend_from_slice(&head);
        file.extend_from_slice(&self.data);
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut writer = TensorWriter::default();
        writer.about("answer", 42.into());
        writer.floats("weights", &[0.5, -1.25]);
        writer.bytes("matrix", 2, &[1, -2, 3, -4]);
        writer.lines("words", &["да".into(), "no".into()]);
        let file = writer.finish();
        let tensors = Tensors::open(&file).expect("a sound file");
        assert_eq!(tensors.number("answer"), Ok(42.0));
        assert_eq!(tensors.floats("weights", 2), Ok(vec![0.5, -1.25]));
        assert_eq!(tensors.bytes("matrix", 2, 2), Ok(vec![1, -2, 3, -4]));
        assert_eq!(tensors.lines("words"), Ok(vec!["да", "no"]));
        assert_eq!(tensors.floats("weights", 3), Err(TensorError::Array("weights".into())));
        assert_eq!(tensors.floats("absent", 3), Err(TensorError::Array("absent".into())));
    }

    #[test]
    fn a_file_cut_anywhere_is_refused() {
        let mut writer = TensorWriter::default();
        writer.floats("weights", &[0.5, -1.25]);
        let file = writer.finish();
        for length in 0..file.len() {
            assert!(Tensors::open(&file[..length]).is_err(), "cut after {length} bytes");
        }
    }

    #[test]
    fn half_precision_numbers_are_what_they_should_be() {
        let found: Vec<f32> = [0x0000, 0x3c00, 0xbc00, 0x3555, 0x0001, 0x7c00].map(half).to_vec();
        assert_eq!(found, [0.0, 1.0, -1.0, 0.333_251_95, 5.960_464_5e-8, 0.0]);
    }
}
