"""Bytes of an export to text, whatever wrote them.

charset-normalizer (considered) guesses statistically and needs seconds for a large file; exports
are UTF-8, UTF-16 or a Windows code page, which a byte-order mark, the pattern of zero bytes and a
strict UTF-8 decoder tell apart exactly. ftfy (considered) mends more kinds of mojibake than
exports have, at about 100 times the cost of the check below.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UNKNOWN = "unknown"
_BLOCK = 65_536
_HIGH = re.compile(rb"[\x80-\xff]+")
# What Polish and other letters of Windows-1250 become when read as Windows-1252.
_CENTRAL = re.compile("(?<=[^\\W\\d_\u00c2-\u00c5])[\u00b3\u00b9\u00bf\u0178\u00b1\u00b6](?=[a-z])")
_CP1252_HIGH = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# A UTF-8 sequence of two to four bytes that somebody read as Windows-1252 or Latin-1.
_TAIL = f"[\u0080-\u00bf{_CP1252_HIGH}]"
_MOJIBAKE = re.compile(f"(?:[\u00c2-\u00df]{_TAIL}|[\u00e0-\u00ef]{_TAIL}{{2}}|[\u00f0-\u00f4]{_TAIL}{{3}})+")
# The first character of a sequence and the beginning of any that may follow, as UTF-8: found in a
# fiftieth of the time.
_SUSPECT = re.compile(rb"\xc3[\x82-\xb4][\xc2\xc5\xc6\xcb\xe2]")
_BYTES_OF = {c: bytes([i]) for i, c in enumerate(map(chr, range(256)))} | {c: c.encode("cp1252") for c in _CP1252_HIGH}


def decode(data: bytes) -> tuple[str, str]:
    """Text of `data` with \\n line ends, and the name of its encoding. Never fails.

    Bytes that are not UTF-8 are read as Windows-1252 line by line, so one pasted line in a Windows
    code page does not spoil the others. Where they stand in long rows, as in no language that is
    written in it, they are Chinese (GB 18030) when all of them are; else the encoding is UNKNOWN, as
    it is where signs stand within words that only Central European letters can have been.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None and b"\0" in data[:4096]:
        even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
        if max(even, odd) > len(data[:4096]) // 5:
            encoding = "utf-16-le" if odd >= even else "utf-16-be"
    if encoding:
        return _clean(data.decode(encoding, errors="replace")), encoding.removesuffix("-sig")
    try:
        text = data.decode("utf-8")
        plain = not (b"\r" in data or b"\0" in data or b"\xef\xbb\xbf" in data)  # faster than to look at the text
        return text if plain else _clean(text), "utf-8"
    except UnicodeDecodeError:
        if _in_long_rows(data):
            return _chinese(data)
        text = "\n".join(_decode_line(line) for line in data.split(b"\n"))
        if len(_CENTRAL.findall(text)) > 2:
            return "", UNKNOWN
        return _clean(text), "windows-1252"


def clean_utf8(data: bytes) -> bytes | None:
    """The UTF-8 of what `decode` gives for a large file, made without its text; None for other encodings."""
    if b"\0" in data[:4096] or not _is_utf8(data):
        return None
    if b"\0" in data:  # a single byte is found much faster than it is replaced
        data = data.replace(b"\0", b"")
    if codecs.BOM_UTF8[:1] in data:
        data = data.replace(codecs.BOM_UTF8, b"")
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _BLOCK):
            decoder.decode(data[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _in_long_rows(data: bytes) -> bool:
    """Whether most signs beyond ASCII stand in rows of four and more, and are not (broken) UTF-8."""
    rows = _HIGH.findall(data)
    high = sum(map(len, rows))
    if high < 16 or data.decode("utf-8", errors="replace").count("\ufffd") < high / 4:
        return False
    return sum(len(row) for row in rows if len(row) > 3) > high * 0.6


def _chinese(data: bytes) -> tuple[str, str]:
    """Text in GB 18030; Korean and Japanese have the same bytes, but hardly any beyond 0xC8 first."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return "", UNKNOWN
    signs = [c.encode("gb18030")[0] for c in text if "\u4e00" <= c <= "\u9fff"]
    chinese = sum(lead > 0xC8 for lead in signs) > len(signs) * 0.15
    return (_clean(text), "gb18030") if chinese else ("", UNKNOWN)


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_from_cp1252(line))


def _from_cp1252(line: bytes) -> list[str]:
    try:
        return [line.decode("cp1252")]
    except UnicodeDecodeError:  # five bytes have no meaning in Windows-1252
        return [bytes([b]).decode("cp1252", errors="ignore") or "\ufffd" for b in line]


def _clean(text: str) -> str:
    """`text` with \\n line ends, without marks and zero characters."""
    return text.replace("\0", "").replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")


def repair_mojibake(text: str) -> str:
    """UTF-8 that was read as Windows-1252 ("BÃ¼rger", "citizensâ€™") turned back; else unchanged."""
    if text.isascii() or not perhaps_mojibake(text.encode("utf-8", "replace")):
        return text
    for _ in range(2):  # twice wrong is as frequent as once
        repaired = _MOJIBAKE.sub(_mend, text)
        if repaired == text:
            break
        text = repaired
    return text


def perhaps_mojibake(data: bytes) -> bool:
    """Whether UTF-8 has what begins a sequence that somebody read as Windows-1252."""
    return _SUSPECT.search(data) is not None


def _mend(match: re.Match) -> str:
    try:
        return b"".join(_BYTES_OF[c] for c in match.group()).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return match.group()
