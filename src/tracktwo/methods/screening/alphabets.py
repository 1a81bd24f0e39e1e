"""Which script a name is written in, and the tables that read the letters of each script as Latin ones."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

Script = Literal["latin", "cyrillic", "greek", "armenian", "georgian", "kana", "arabic", "hebrew", "hangul", "han", "indic", "other"]

VOWELLESS: frozenset[Script] = frozenset({"arabic", "hebrew"})
"""Scripts that leave most vowels to the reader."""

_INDIC = ("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM")
_SCRIPTS: tuple[tuple[str, Script], ...] = (
    ("LATIN", "latin"), ("FULLWIDTH LATIN", "latin"), ("CYRILLIC", "cyrillic"), ("GREEK", "greek"), ("ARMENIAN", "armenian"),
    ("GEORGIAN", "georgian"),
    ("HIRAGANA", "kana"), ("KATAKANA", "kana"), ("HALFWIDTH KATAKANA", "kana"), ("ARABIC", "arabic"), ("HEBREW", "hebrew"), ("HANGUL", "hangul"),
    ("CJK", "han"), *((name, "indic") for name in _INDIC),
)  # fmt: skip


@cache
def script_of_letter(letter: str) -> Script | None:
    """Return the script of one letter; None for digits, marks and signs."""
    if not letter.isalpha() and unicodedata.category(letter) not in ("Mc", "Mn"):
        return None
    name = unicodedata.name(letter, "")
    return next((script for start, script in _SCRIPTS if name.startswith(start)), "other")


def script_of(text: str) -> Script:
    """Return the script of most letters of a text; Latin where it has none."""
    if text.isascii():
        return "latin"
    counts: dict[Script, int] = {}
    for letter in text:
        if letter.isascii():
            script: Script | None = "latin" if letter.isalpha() else None
        else:
            script = script_of_letter(letter)
        if script:
            counts[script] = counts.get(script, 0) + 1
    if not counts:
        return "latin"
    if counts.get("kana") and counts.get("han"):
        return "han"
    return max(counts, key=lambda script: counts[script])


def _table(text: str) -> dict[str, str]:
    """Read pairs such as `а=a ж=zh ъ=`."""
    return {pair.partition("=")[0]: pair.partition("=")[2] for pair in text.split()}


CYRILLIC = _table(
    "а=a б=b в=v г=g ґ=g д=d е=e ё=yo ж=zh з=z и=i й=y і=i ї=yi к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ў=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= "
    "э=e ю=yu я=ya є=ye ђ=dj ѓ=gj ѕ=dz ј=y љ=lj њ=nj ћ=c ќ=kj џ=dzh ә=a ғ=gh қ=q ң=ng ө=o ұ=u ү=u һ=h ҳ=h ҷ=j ӣ=i ӯ=u ҹ=j җ=j "
    "ҡ=q ҙ=z ҫ=s ҕ=gh ҥ=ng ӏ= ҝ=g ҟ=k ҧ=p ҩ=o ҭ=t ҵ=ts ҽ=ch ҿ=ch ӄ=k ӈ=n ӡ=dz ԥ=p"
)
GREEK = _table(
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o ου=ou μπ=b ντ=d γκ=g αυ=av ευ=ev "
    "αι=e ει=i οι=i"
)
ARMENIAN = _table(
    "ա=a բ=b գ=g դ=d ե=e զ=z է=e ը=e թ=t ժ=zh ի=i լ=l խ=kh ծ=ts կ=k հ=h ձ=dz ղ=gh ճ=ch մ=m յ=y ն=n շ=sh ո=o չ=ch պ=p ջ=j ռ=r ս=s վ=v տ=t ր=r "
    "ց=ts ւ=v փ=p "
    "ք=k օ=o ֆ=f և=ev ու=u"
)
GEORGIAN = _table(
    "ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=zh რ=r ს=s ტ=t უ=u ფ=p ქ=k ღ=gh ყ=q შ=sh ჩ=ch ც=ts ძ=dz წ=ts ჭ=ch ხ=kh ჯ=j ჰ=h"
)
LATIN = _table(
    "ß=ss æ=ae œ=oe ø=o đ=d ð=d þ=th ł=l ı=i ŋ=ng ə=a ħ=h ĸ=k ſ=s ß=ss ɣ=gh ɓ=b ɗ=d ɖ=d ƙ=k ƴ=y ɛ=e ɔ=o ǝ=a ƒ=f ʋ=v ɲ=ny ɩ=i ɨ=i ʊ=u ʉ=u "
    "ʻ= ʼ= ʿ= ʾ= ʹ= ʺ= ´= `="
)
"""Letters without a simple one below their mark, those of Hausa, Fulfulde, Bambara, Ewe and Akan among them."""
ARABIC = _table(
    "ا=a أ=a إ=i آ=a ٱ=a ؤ=w ئ=y ء= ى=a ة=e ب=b پ=p ت=t ٹ=t ث=T ج=J چ=C ح=h خ=X د=d ڈ=d ذ=D ر=r ڑ=r ز=z ژ=J س=s ش=S ص=s ض=D ط=t ظ=D ع= غ=G ف=f "
    "ڤ=v ق=k ک=k ك=k گ=g "
    "ڭ=G ل=l ڵ=l م=m ن=n ں=n ه=h ھ=h ہ=h ە=a ۀ=h ۃ=e و=w ۆ=w ۇ=w ۈ=w ۋ=v ې=y ي=y ی=y ے=y ێ=y ۍ=y ې=y ڼ=n ځ=z څ=s ډ=d ړ=r ږ=g ښ=S ټ=t ڪ=k"
)
"""Letters of Arabic, Persian, Urdu, Pashto, Kurdish and Uighur as sounds: capitals for those with several spellings in Latin (see `sounds`)."""
HEBREW = _table("א= ב=b ג=g ד=d ה=h ו=w ז=z ח=h ט=t י=y כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע= פ=p ף=f צ=c ץ=c ק=k ר=r ש=S ת=t")
_KANA = _table(
    "ア=a イ=i ウ=u エ=e オ=o カ=ka キ=ki ク=ku ケ=ke コ=ko サ=sa シ=shi ス=su セ=se ソ=so タ=ta チ=chi ツ=tsu テ=te ト=to ナ=na ニ=ni ヌ=nu "
    "ネ=ne ノ=no ハ=ha ヒ=hi フ=fu ヘ=he "
    "ホ=ho マ=ma ミ=mi ム=mu メ=me モ=mo ヤ=ya ユ=yu ヨ=yo ラ=ra リ=ri ル=ru レ=re ロ=ro ワ=wa ヲ=o ン=n ガ=ga ギ=gi グ=gu ゲ=ge ゴ=go ザ=za "
    "ジ=ji ズ=zu ゼ=ze ゾ=zo ダ=da "
    "ヂ=ji ヅ=zu デ=de ド=do バ=ba ビ=bi ブ=bu ベ=be ボ=bo パ=pa ピ=pi プ=pu ペ=pe ポ=po ヴ=vu ー= ッ= ャ=ya ュ=yu ョ=yo ァ=a ィ=i ゥ=u ェ=e ォ=o"
)
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_SMALL = frozenset("ャュョァィゥェォ")
_INHERENT = "a"


def romanised(text: str, script: Script) -> str:
    """Return the Latin spelling of a text in lower case by the table of its script; letters that no table has fall away."""
    if text.isascii():
        lower = text.lower()
        return lower if lower.isalnum() else _NOT_ALNUM.sub("", lower)
    if script == "cyrillic":
        return "".join(CYRILLIC.get(letter, CYRILLIC.get(_base(letter), _plain(letter))) for letter in text.casefold())
    if script in ("greek", "armenian", "georgian"):
        table = {"greek": GREEK, "armenian": ARMENIAN, "georgian": GEORGIAN}[script]
        plain = "".join(_base(letter) for letter in text.casefold())
        for pair in (pair for pair in table if len(pair) > 1):
            plain = plain.replace(pair, table[pair])
        return "".join(table.get(letter, _plain(letter)) for letter in plain)
    if script == "kana":
        return _kana(text)
    if script == "indic":
        return _indic(text)
    return "".join(_plain(letter) for letter in text.casefold())


def is_read(letter: str) -> bool:
    """Return whether a table has a letter, a silent one too; true for digits, marks and signs. Han characters stand in `readings`."""
    script = script_of_letter(letter)
    if script is None or not letter.isalpha() or letter in LATIN:
        return True
    if script in VOWELLESS:
        return letter in (ARABIC if script == "arabic" else HEBREW)
    if script in ("hangul", "han"):
        return unicodedata.category(letter) == "Lo"
    silent = script == "cyrillic" and _base(letter.casefold()) in CYRILLIC
    return script != "other" and (silent or romanised(letter, script) != "" or letter in _KANA or letter in "ーっッ")


@cache
def _base(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)) or letter


@cache
def _plain(letter: str) -> str:
    """A Latin letter without marks, in ASCII; other letters and signs are nothing."""
    if letter in LATIN:
        return LATIN[letter]
    if letter in CYRILLIC or letter in GREEK:  # one letter of another alphabet in a Latin word is a slip of the keyboard
        return CYRILLIC.get(letter, GREEK.get(letter, ""))
    return "".join(part for part in unicodedata.normalize("NFKD", letter).casefold() if part.isascii() and part.isalnum())


def _kana(text: str) -> str:
    found = ""
    for letter in text:
        katakana = chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter
        sound = _KANA.get(katakana, "")
        if katakana in _SMALL and found and found[-1] in "aiueo":
            found = found[:-1]
            sound = sound.removeprefix("y") if found.endswith(("sh", "ch", "j")) else sound
        found += sound
    return found


@cache
def _indic_letter(letter: str) -> tuple[str, str]:
    """The sound of a letter of an Indic script by its name in Unicode, and whether it is a consonant, a vowel sign, a virama or something else."""
    words = unicodedata.name(letter, "").split()
    if "VIRAMA" in words:
        return "", "virama"
    if "VOWEL" in words and "SIGN" in words:
        return words[-1].lower(), "sign"
    if "LETTER" in words:
        name = words[words.index("LETTER") + 1].lower() if words[-1] != "LETTER" else ""
        return (name.removesuffix("a"), "consonant") if re.fullmatch(r"[^aeiou]+a", name) else (name, "vowel")
    if words and words[-1] in ("ANUSVARA", "CANDRABINDU"):
        return "n", "other"
    return "", "other"


def _indic(text: str) -> str:
    found = ""
    pending = False
    for letter in unicodedata.normalize("NFC", text):
        sound, kind = _indic_letter(letter)
        if pending and kind in ("consonant", "vowel", "other") and sound:
            found += _INHERENT
        found += sound
        pending = kind == "consonant" or (pending and not sound and kind != "virama")
    return found
