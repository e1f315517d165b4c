"""Undeclared text in the codes of East Asia: read in its own, or reported as a guess."""

from __future__ import annotations

import random

import pytest

from ipstrong.readers.encodings import decode

MAINLAND = "地区,年份,指标,数值\n深圳市,2019,有效发明专利拥有量,138534\n广州市,2019,常住人口,1531\n合计,2018,授权量,5\n"
TAIWAN = "地區,年份,出生數（人）,死亡數（人）\n臺北市,2019,21449,18054\n苗栗縣,2019,3642,4890\n"
HONG_KONG = "項目,2018年,2019年\n專利申請宗數,15986,16521\n註冊外觀設計,2564,2440\n"
JAPAN = "都道府県,年次,出願件数,登録件数\n東京都,2018年,133546,99855\nさいたま市,2019年,120,30\n"
HALF_WIDTH = "項目,ﾃﾞｰﾀ,合計\n東京,1,2\n大阪,3,4\n京都,5,6\n"
KOREA = "지역,연도,특허출원(건),특허등록(건)\n서울,2018,53211,30000\n부산,2019,5400,3000\n"
FRANCE = "Région,Année,Brevets déposés\nÎle-de-France,2018,6500\nRhône,2019,3200\n"


@pytest.mark.parametrize(
    ("text", "code", "encoding", "is_guess"),
    [
        (MAINLAND, "gb18030", "gb18030", False),
        (TAIWAN, "gbk", "gb18030", False),
        (TAIWAN, "big5", "big5hkscs", True),
        (HONG_KONG, "big5hkscs", "big5hkscs", True),
        (JAPAN, "cp932", "cp932", True),
        (JAPAN, "euc_jp", "euc_jp", True),
        (HALF_WIDTH, "cp932", "cp932", True),
        (KOREA, "euc_kr", "cp949", True),
        (FRANCE, "cp1252", "cp1252", True),
        ("指標,2018年\n產值,5\n", "big5", "big5hkscs", True),
        ("指标,2018年\n产值,5\n", "gbk", "gb18030", False),
    ],
)
def test_a_text_is_read_in_its_own_code(text: str, code: str, encoding: str, is_guess: bool) -> None:
    found = decode(text.encode(code))
    assert (found.text, found.encoding, found.is_guess) == (text, encoding, is_guess)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("臺北市 新北市 高雄市 苗栗縣 總計 出生數 死亡數 土地面積 專利申請件數 失業率 香港 商標註冊", "big5"),
        ("東京都 大阪府 愛知県 北海道 人口 総数 世帯数 事業所数 製造業 県内総生産 市町村", "cp932"),
        ("東京都 大阪府 愛知県 北海道 人口 総数 世帯数 事業所数 製造業 県内総生産 市町村", "euc_jp"),
        ("지역 연도 특허출원 인구 서울특별시 부산광역시 대구 총생산 수출 사업체수 제조업 가구 학교", "cp949"),
    ],
)
def test_another_code_is_never_taken_for_chinese_without_a_warning(words: str, code: str) -> None:
    choice = random.Random(5)
    for _ in range(100):
        text = "".join(f"{choice.choice(words.split())},{choice.randrange(9999)}\n" for _ in range(5))
        found = decode(text.encode(code))
        assert found.is_guess
        assert found.text == text


def test_chinese_in_characters_that_few_write_is_read_and_doubted() -> None:
    text = "鬲,1\n鬯,2\n黹,3\n黼,4\n"
    found = decode(text.encode("gb18030"))
    assert found.is_guess


def test_a_sample_may_end_in_the_middle_of_a_character() -> None:
    long = MAINLAND * 2000
    for more in ("", "x"):
        found = decode((more + long).encode("gb18030"))
        assert (found.text, found.encoding, found.is_guess) == (more + long, "gb18030", False)


def test_bytes_that_are_valid_in_no_code_are_not_read() -> None:
    assert decode(b"\x81 \x8d \x9d abc\n" * 20).text is None
