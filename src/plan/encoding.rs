//! From bytes to text: gzip, byte order marks, UTF-16.

use std::io::Read;

use super::PlanError;

/// The most bytes that gzip data may unpack to: 2 GiB.
pub const MAX_DECOMPRESSED_BYTES: u64 = 2 << 30;

/// The file's text; a byte order mark in UTF-8 becomes blanks, so that bytes keep their places.
pub(super) fn to_text(bytes: Vec<u8>) -> Result<String, PlanError> {
    let bytes = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => unpack(&bytes, MAX_DECOMPRESSED_BYTES)?,
        false => bytes,
    };
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(PlanError::BinaryPlan);
    }
    match bytes.as_slice() {
        [0xff, 0xfe, text @ ..] => from_utf16(text, encoding_rs::UTF_16LE, "UTF-16", bytes.len()),
        [0xfe, 0xff, text @ ..] => from_utf16(text, encoding_rs::UTF_16BE, "UTF-16", bytes.len()),
        // Whatever a plan or its log begins with is ASCII, so a zero byte beside each of the first characters tells.
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => {
            from_utf16(&bytes, encoding_rs::UTF_16LE, "UTF-16 (little-endian)", bytes.len())
        }
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => {
            from_utf16(&bytes, encoding_rs::UTF_16BE, "UTF-16 (big-endian)", bytes.len())
        }
        _ => from_utf8(bytes),
    }
}

fn unpack(bytes: &[u8], limit: u64) -> Result<Vec<u8>, PlanError> {
    let mut unpacked = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes)
        .take(limit.saturating_add(1))
        .read_to_end(&mut unpacked)
        .map_err(|reason| PlanError::Gzip { reason })?;
    match unpacked.len() as u64 > limit {
        true => Err(PlanError::TooLarge { limit }),
        false => Ok(unpacked),
    }
}

fn from_utf16(
    bytes: &[u8],
    encoding: &'static encoding_rs::Encoding,
    name: &'static str,
    length: usize,
) -> Result<String, PlanError> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned()),
        None => Err(PlanError::NotText {
            encoding: name,
            byte: length,
        }),
    }
}

fn from_utf8(mut bytes: Vec<u8>) -> Result<String, PlanError> {
    if let Some(mark) = bytes.get_mut(..3).filter(|mark| **mark == [0xef, 0xbb, 0xbf]) {
        mark.fill(b' ');
    }
    String::from_utf8(bytes).map_err(|error| PlanError::NotText {
        encoding: "UTF-8",
        byte: error.utf8_error().valid_up_to(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn utf8_keeps_its_bytes_and_a_byte_order_mark_becomes_blanks() {
        assert_eq!(to_text("{\"ä\":1}".into()).unwrap(), "{\"ä\":1}");
        assert_eq!(to_text(b"\xef\xbb\xbf{}".to_vec()).unwrap(), "   {}");
        assert_eq!(to_text(b"\xef\xbb\xbf".to_vec()).unwrap().trim(), "");
    }

    #[test]
    fn utf16_is_read_in_both_orders_with_and_without_mark() {
        for mark in [true, false] {
            let text = "{\"ä\": \"😀\"}";
            let units: Vec<u16> = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16()).collect();
            let little = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            assert_eq!(to_text(little).unwrap(), text);
            assert_eq!(to_text(big).unwrap(), text);
        }
    }

    #[test]
    fn a_cut_utf16_file_is_refused() {
        let error = to_text(b"\xff\xfe{\0\"\0a".to_vec()).unwrap_err();
        assert!(
            matches!(error, PlanError::NotText { encoding: "UTF-16", .. }),
            "{error}"
        );
    }

    #[test]
    fn invalid_utf8_names_the_byte() {
        let error = to_text(b"{\"a\":\"\xe4\"}".to_vec()).unwrap_err();
        assert!(
            matches!(
                error,
                PlanError::NotText {
                    encoding: "UTF-8",
                    byte: 6
                }
            ),
            "{error}"
        );
    }

    #[test]
    fn gzip_is_unpacked_up_to_the_limit() {
        assert_eq!(to_text(packed(b"{}")).unwrap(), "{}");
        assert_eq!(unpack(&packed(&[b' '; 100]), 100).unwrap().len(), 100);
        assert!(matches!(
            unpack(&packed(&[b' '; 101]), 100),
            Err(PlanError::TooLarge { limit: 100 })
        ));
    }

    #[test]
    fn damaged_gzip_is_refused() {
        let mut bytes = packed(b"{\"format_version\":\"1.2\"}");
        bytes.truncate(20);
        assert!(matches!(to_text(bytes), Err(PlanError::Gzip { .. })));
    }

    #[test]
    fn a_binary_plan_is_told_from_text_also_when_packed() {
        assert!(matches!(
            to_text(b"PK\x03\x04\x14\x00".to_vec()),
            Err(PlanError::BinaryPlan)
        ));
        assert!(matches!(
            to_text(packed(b"PK\x03\x04\x14\x00")),
            Err(PlanError::BinaryPlan)
        ));
    }
}
