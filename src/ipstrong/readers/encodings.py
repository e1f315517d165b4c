"""Bytes to text: marks first, then strict UTF-8, then the reading whose characters are the most common.

Any two bytes above 0xA0 are a character in GB18030, so that a text in another code decodes without an error into characters that
nobody uses. In its own code it is made of common ones.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ipstrong.model.script import simplified

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_PAIR = re.compile(rb"[\x81-\xfe]([\x40-\x7e\x80-\xfe])")


_MEANINGLESS = re.compile("[\ue000-\uf8ff]")
_LETTER = re.compile("[^\\x00-\\x7f\u3000-\u303f\uff00-\uff60\uffe0-\uffef]")
_KANA = re.compile("[\u3041-\u30fe]")
_NAMES = ("gb18030", "big5hkscs", "cp932", "cp949", "euc_jp")
"""Codes in the order of how often tables are in them."""
_COMMON_SHARE = 0.35
"""Share of common characters from which a reading is meant; misread texts stay below three in ten, true ones are above half."""
_MARGIN = 0.2
"""By how much the best reading must lead the next to be more than a guess."""
_SCORED = 1 << 13
"""Bytes of the sample that are scored."""
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很"
    "情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她"
    "手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思"
    "术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科"
    "张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千"
    "周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格"
    "养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含"
    "企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝害"
    "续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸助"
    "升阳互初创抗考投坏策古径换未跑留钢曾端责站简述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房突"
    "坐粉敌略"
    "區數產業類額總計會國縣臺灣個萬億專權發與對這為時們來過說種經進電機當應開還從兩現實關樣無質變結問題員資領統長見別設組"
    "運農決則處規報際單維戶項價圳粤鄂湘皖赣滇黔渝沪冀晋辽琼陇皮鞍郊锦仙汕莞惠肇茂揭韶梧邕崇岑沧邯邢廊衡忻临汾吕赤峰锡抚丹"
    "阜盘葫沈吉松延鹤伊佳绥镇徐盐泰"
    "総県図対価変様実続経済発売円駅帰歩毎稲広関転単営労働職齢児歳込丁町村戸籍郡阪崎岡福井熊鹿宮秋沖縄埼玉栃茨徳島媛愛岐滋賀奈歌鳥札幌浜横屋許標願登録额亿申授"
)
"""Some seven hundred characters that are written most often, and those of place names and tables in China, Taiwan and Japan."""

_COMMON_HANGUL = frozenset(
    "이다의는을에가고한사지기리도로대인시정부자전수하해주장일상어나원구면선보제스세연조동공성안비신유경학생민국서업산통계총합남여수출입액건특허등록"
    "지역울광역특별천북남강충청라제주만명율률가구주택교육과종류분연도월년단위표항목소매판물품목농림어업금융관광개발면적인구밀식료의약기술투재무회사체"
    "근로임금취실노령아성명번호구분내외용도량화환율증감비율당평균말초현황기준자료출처위원처청군읍동시"
)


class Decoded(NamedTuple):
    """A text, and how it was read."""

    text: str | None
    """None when no encoding fits."""
    encoding: str
    is_guess: bool
    """Whether the encoding is inferred from the distribution of the bytes alone."""
    bad_at: int = 0
    """Offset of the first byte that does not fit, where no encoding does."""


def encoding_of(data: bytes) -> str | None:
    """Return `utf-8` or `utf-8-sig` when the bytes are valid UTF-8, the encoding that a mark names, else None."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    try:
        data.decode()
    except UnicodeDecodeError:
        return _utf16_by_zeros(data)
    return _utf16_by_zeros(data) or "utf-8"


def decode(data: bytes) -> Decoded:
    """Return the bytes as text."""
    encoding = encoding_of(data)
    if encoding is not None:
        try:
            return Decoded(data.decode(encoding), encoding, is_guess=False)
        except UnicodeDecodeError as error:
            return Decoded(None, encoding, is_guess=False, bad_at=error.start)
    bad_at = 0
    for name, is_guess in (("utf-8", False), *_candidates(data[:_SAMPLE])):
        try:
            text = data.decode(name)
            # Characters without a meaning are what another encoding, or two in one file, look like.
            return Decoded(text, name, is_guess=is_guess or _MEANINGLESS.search(text) is not None)
        except UnicodeDecodeError as error:
            bad_at = max(bad_at, error.start)
    return Decoded(None, "", is_guess=True, bad_at=bad_at)


def _utf16_by_zeros(data: bytes) -> str | None:
    """Return UTF-16 where many bytes of one parity are zero, line ends among them; ordinary text has no zero byte."""
    sample = data[:4096]
    n_zeros = sample.count(0)
    if n_zeros < 4 or n_zeros * 50 < len(sample):
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 4 * min(even, odd):
        return None
    name, line_end = ("utf-16-le", b"\n\0") if odd > even else ("utf-16-be", b"\0\n")
    return name if line_end in sample or n_zeros * 4 >= len(sample) else None


def _candidates(sample: bytes) -> tuple[tuple[str, bool], ...]:
    """Return encodings to try, the likeliest first, and whether each is only a guess.

    Western letters come singly between ASCII; those of East Asia are two bytes each and come together. Simplified Chinese is
    what tables without a mark are in, so it alone may be more than a guess.
    """
    runs = _HIGH_RUN.findall(sample)
    n_high = sum(map(len, runs))
    n_alone = sum(1 for run in runs if len(run) == 1)
    scores = {name: share for name in _NAMES if (share := _common_share(sample[:_SCORED], name)) is not None}
    found = sorted(scores, key=lambda name: -scores[name])
    is_eastern = bool(found) and scores[found[0]] >= _COMMON_SHARE
    is_eastern = is_eastern and (len(found) == 1 or scores[found[0]] - scores[found[1]] >= _MARGIN)
    if n_high and n_alone > 0.6 * n_high and not is_eastern and not _looks_like_big5(sample):
        return (("cp1252", True), ("gb18030", True))
    names = [*found, *(name for name in ("gb18030", "big5hkscs", "cp1252") if name not in found)]
    return tuple((name, not (name == "gb18030" and is_eastern)) for name in names)


def _common_share(sample: bytes, name: str) -> float | None:
    """Return the share of common characters in a reading; None where the bytes are not valid in it."""
    try:
        text = codecs.getincrementaldecoder(name)().decode(sample)  # a character cut off at the end is no error
    except UnicodeDecodeError:
        return None
    letters = simplified("".join(_LETTER.findall(text)))
    common = _COMMON_HANGUL if name == "cp949" else _COMMON
    n_kana = len(_KANA.findall(text)) if name in {"cp932", "euc_jp"} else 0
    return (sum(letter in common for letter in letters) + n_kana) / len(letters) if letters else 0.0


def _looks_like_big5(sample: bytes) -> bool:
    """Return whether the sample decodes as Big5 into nothing but common characters."""
    text = sample.decode("big5hkscs", errors="ignore")
    wide = [character for character in text if ord(character) > 0x7F]
    common = sum(1 for character in wide if 0x4E00 <= ord(character) <= 0x9FFF or 0x3000 <= ord(character) <= 0x303F)
    pairs = _PAIR.findall(sample)
    n_letters = sum(1 for second in pairs if second.isalpha() and second.islower())
    return bool(wide) and common >= 0.95 * len(wide) and n_letters < 0.5 * len(pairs)
