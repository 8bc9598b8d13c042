"""Radicals and compatibility forms in a PDF become the ideographs they show. May import: unicodedata.

Fonts have one glyph for a radical and the ideograph that looks like it, and programs that write PDFs often name the wrong one. Nothing
else is normalised: what a reader sees stays.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = {
    0x2E81: "厂", 0x2E84: "乙", 0x2E85: "亻", 0x2E86: "冂", 0x2E89: "刂", 0x2E8B: "卩", 0x2E8C: "小", 0x2E8D: "小", 0x2E8E: "兀",
    0x2E8F: "尣", 0x2E90: "尢", 0x2E92: "巳", 0x2E93: "幺", 0x2E94: "彑", 0x2E95: "彐", 0x2E96: "忄", 0x2E97: "心", 0x2E98: "扌",
    0x2E99: "攵", 0x2E9B: "旡", 0x2E9C: "日", 0x2E9D: "月", 0x2E9E: "歹", 0x2E9F: "母", 0x2EA0: "民", 0x2EA1: "氵", 0x2EA2: "氺",
    0x2EA3: "灬", 0x2EA4: "爫", 0x2EA5: "爫", 0x2EA7: "牛", 0x2EA8: "犭", 0x2EAA: "疋", 0x2EAB: "目", 0x2EAC: "示", 0x2EAD: "礻",
    0x2EAE: "竹", 0x2EAF: "糹", 0x2EB0: "纟", 0x2EB1: "罓", 0x2EB2: "罒", 0x2EB3: "网", 0x2EB4: "网", 0x2EB5: "网", 0x2EB6: "羊",
    0x2EB7: "羊", 0x2EB8: "羊", 0x2EB9: "老", 0x2EBA: "肀", 0x2EBB: "聿", 0x2EBC: "肉", 0x2EBD: "臼", 0x2EBE: "艹", 0x2EBF: "艹",
    0x2EC0: "艹", 0x2EC1: "虎", 0x2EC2: "衤", 0x2EC3: "覀", 0x2EC4: "西", 0x2EC5: "见", 0x2EC6: "角", 0x2EC7: "角", 0x2EC8: "讠",
    0x2EC9: "贝", 0x2ECA: "足", 0x2ECB: "车", 0x2ECC: "辶", 0x2ECD: "辶", 0x2ECE: "辶", 0x2ECF: "邑", 0x2ED0: "钅", 0x2ED1: "長",
    0x2ED2: "镸", 0x2ED3: "长", 0x2ED4: "门", 0x2ED5: "阜", 0x2ED6: "阝", 0x2ED7: "雨", 0x2ED8: "青", 0x2ED9: "韦", 0x2EDA: "页",
    0x2EDB: "风", 0x2EDC: "飞", 0x2EDD: "食", 0x2EDE: "食", 0x2EDF: "飠", 0x2EE0: "饣", 0x2EE1: "首", 0x2EE2: "马", 0x2EE3: "骨",
    0x2EE4: "鬼", 0x2EE5: "鱼", 0x2EE6: "鸟", 0x2EE7: "卤", 0x2EE8: "麦", 0x2EE9: "黄", 0x2EEA: "黾", 0x2EEB: "斉", 0x2EEC: "齐",
    0x2EED: "歯", 0x2EEE: "齿", 0x2EEF: "竜", 0x2EF0: "龙", 0x2EF1: "龟", 0x2EF2: "亀", 0x2EF3: "龟",
}  # fmt: skip
"""The ideographs of the CJK Radicals Supplement (EquivalentUnifiedIdeograph.txt of Unicode 15)."""

_SIMPLIFIED = {0x2F3E: "户", 0x2FAD: "青"}
"""Radicals whose decomposition is an older form than the one that texts in simplified characters show."""

_BLOCKS = ((0x2E80, 0x2EFF), (0x2F00, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


def meant(character: str) -> str:
    """The character that a glyph stands for.

    Args:
        character: one code point.

    Returns:
        The unified ideograph for a radical or a compatibility form, else the character itself.

    """
    code = ord(character)
    if code < 0x2E80 or not any(first <= code <= last for first, last in _BLOCKS):
        return character
    return _SUPPLEMENT.get(code) or _SIMPLIFIED.get(code) or unicodedata.normalize("NFKC", character)


def is_wide(character: str) -> bool:
    """Whether a character takes a full em, as ideographs and their punctuation do."""
    return character >= "\u2e80" or character in "“”‘’—…·①②③④⑤⑥⑦⑧⑨⑩〇Ⅰ×℃％"


def is_unknown(character: str) -> bool:
    """Whether a character stands for nothing: a replacement character or one of private use."""
    return character == "\ufffd" or "\ue000" <= character <= "\uf8ff"
