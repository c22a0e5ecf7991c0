"""How a name is typed on a keyboard: folded, and in every pinyin reading.

The readings of single characters are pypinyin's; surnames whose reading differs from the usual one come first
from the table here (after 《通用规范汉字字典》 and 《中国姓氏大辞典》).
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SURNAMES: Final = {
    "仇": "qiu", "曾": "zeng", "单": "shan", "解": "xie", "区": "ou", "查": "zha", "盖": "ge", "任": "ren",
    "华": "hua", "翟": "zhai", "柏": "bai", "朴": "piao", "员": "yun", "乐": "yue", "缪": "miao", "尹": "yin",
    "繁": "po", "种": "chong", "冼": "xian", "逄": "pang", "晁": "chao", "覃": "qin", "宁": "ning", "召": "shao",
    "折": "she", "秘": "bi", "那": "na", "哈": "ha", "阚": "kan", "洗": "xian", "燕": "yan", "都": "du",
    "过": "guo", "祭": "zhai", "隗": "kui", "牟": "mu", "宓": "mi", "句": "gou", "能": "nai", "葛": "ge",
    "钻": "zuan", "车": "che", "撒": "sa", "应": "ying", "令": "ling", "贾": "jia", "黑": "he", "俞": "yu",
    "尉迟": "yu chi", "长孙": "zhang sun", "澹台": "tan tai", "万俟": "mo qi", "单于": "chan yu",
    "令狐": "ling hu", "宇文": "yu wen", "皇甫": "huang fu", "欧阳": "ou yang", "上官": "shang guan",
    "呼延": "hu yan", "鲜于": "xian yu", "独孤": "du gu", "赫连": "he lian", "乐正": "yue zheng",
}  # fmt: skip
"""Readings as surnames, syllables separated by spaces."""

MOST_READINGS: Final = 12
"""Readings kept of one name, the usual one first and then those that differ from it least."""

_CHINESE: Final = (
    ("\u4e00", "\u9fff"),
    ("\u3400", "\u4dbf"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U000323af"),
)


def folded(text: str) -> str:
    """Text as it is compared: full-width as half-width, no case, no space at the ends."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


@lru_cache(maxsize=64)
def whole_names(name: str) -> list[tuple[str, ...]]:
    """The syllables of a folded name in each of its readings, the usual one first; empty for a name without letters."""
    # cached for the moment: pieces, readings and the usual reading are asked for one after the other
    surname, others = _parts(name)
    words = [word for word in (_of_surname(surname), *(_spellings(part) for part in others)) if word]
    if not words:
        return []
    # the usual reading, then one syllable away from it, then the rest
    usual_name = tuple(word[0] for word in words)
    one_off = [
        (*usual_name[:place], other, *usual_name[place + 1 :])
        for place, word in enumerate(words)
        for other in word[1:]
    ]
    every = islice(product(*words), MOST_READINGS * 4)
    spelled = dict.fromkeys(
        tuple(syllable for word in choice for syllable in word.split())
        for choice in (usual_name, *one_off, *every)
    )
    return list(spelled)[:MOST_READINGS]


def _parts(name: str) -> tuple[str, list[str]]:
    """The surname if it is one with a reading of its own; then single characters and words in letters."""
    surname = next((name[:length] for length in (2, 1) if name[:length] in SURNAMES), "")
    parts: list[str] = []
    word = ""
    for character in name[len(surname) :]:
        if _is_chinese(character):
            parts += [word, character]
            word = ""
        elif character.isalnum():
            word += character
        elif character not in "'’":
            parts.append(word)
            word = ""
    parts.append(word)
    return surname, [part for part in parts if part]


def _is_chinese(character: str) -> bool:
    return any(first <= character <= last for first, last in _CHINESE)


@cache
def _of_surname(surname: str) -> tuple[str, ...]:
    """Its reading as a surname, then every other; nothing for no surname."""
    if not surname:
        return ()
    every = (" ".join(choice) for choice in product(*(_of_character(one) for one in surname)))
    return tuple(dict.fromkeys((SURNAMES[surname], *every)))


def _spellings(part: str) -> tuple[str, ...]:
    """Readings of a character or word, the usual one first; empty for what nobody knows how to read."""
    return _of_character(part) if _is_chinese(part[0]) else (without_marks(part),)


@lru_cache(maxsize=8192)
def _of_character(character: str) -> tuple[str, ...]:
    found = _pinyin()(character)
    if found == [character]:
        return ()
    typed: list[str] = []
    for syllable in found:
        # ü is typed as v, and printed in passports as yu
        typed += [syllable, syllable.replace("v", "yu")] if "v" in syllable else [syllable]
    return tuple(dict.fromkeys(typed))


@cache
def _pinyin() -> Callable[[str], list[str]]:
    # a quarter of a second and forty megabytes, so not before the first name is indexed
    from pypinyin import Style, pinyin

    def read(character: str) -> list[str]:
        return pinyin(character, style=Style.NORMAL, heteronym=True)[0]

    return read


def without_marks(word: str) -> str:
    """Letters as a keyboard without accents types them."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )


def usual(name: str) -> str:
    """The usual reading of a name with spaces; the name itself where nobody knows how to read it."""
    return " ".join(next(iter(whole_names(folded(name))), (name,)))


def search_text(*texts: str) -> str:
    """Everything by which a short list finds one of its rows: each text, its pinyin and its initials, by lines."""
    lines: dict[str, None] = {}
    for text in texts:
        lines[folded(text)] = None
        for syllables in whole_names(folded(text)):
            lines["".join(syllables)] = None
            lines["".join(syllable[0] for syllable in syllables)] = None
    return "\n".join(line for line in lines if line)
