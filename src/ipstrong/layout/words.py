"""The words by which tables name their columns, rows and lines, in Chinese and English."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from ipstrong.model.script import has_chinese, is_chinese


class Role(Enum):
    """What a column, heading row or title line holds."""

    LABEL = "label"
    """Names of indicators."""
    REGION = "region"
    PERIOD = "period"
    """Years, quarters, months or dates, complete."""
    YEAR_PART = "year_part"
    """Months or quarters without their year."""
    VALUE = "value"
    UNIT = "unit"
    STATUS = "status"
    """How final a value is."""
    CODE = "code"
    """Codes that repeat a label."""
    RUNNING = "running"
    """Running numbers."""
    NOTE = "note"
    """Notes, sources, links, dates of update."""
    DIMENSION = "dimension"
    """A split such as sex, age or industry: part of the label."""
    FREQUENCY = "frequency"


_EXACT: dict[Role, str] = {
    Role.LABEL: (
        "指标 指标名称 指标项 统计指标 项目 项目名称 名称 内容 类目 数据项 数据指标 指标 (单位) 指标和单位 科目 "
        "指标内容 统计项目 主要指标 指標 項目 項目別 indicator indicators item items series variable measure "
        "metric description fare_media element subject"
    ),
    Role.REGION: (
        "区 县 县区市 地市州 地区 地区名称 区域 地域 街道 街道(镇) 街镇 镇街 乡镇 乡镇街道 行政区 行政区划 行政区域 行政区划名称 城市 城市名称 省份 省市 省 市 省区市 省(区市) "
        "区县 区(县) 县区 市县 市(县) 市区 县市 国家 国家和地区 国别 国家(地区) 地市 地级市 各区 各市 單位別 縣市 縣市別 地區 "
        "地區別 區域別 區域 region regions area areas geo geography country countries territory city cities "
        "province provinces state states district districts county counties location economy "
        "ref_area geoarea geoareaname municipality prefecture nation place country_or_area"
    ),
    Role.PERIOD: (
        "年份 年度 年 年别 年別 时间 日期 期间 时期 报告期 统计年度 统计时间 统计期 统计年份 数据时间 数据日期 截止日期 "
        "时点 时期/指标 年月 年月份 月度 報告期 時間 年次 民国年 西元 西元年 公元 公元年 year years period periods date dates "
        "time time_period timeperiod reporting_period ref_date fiscal_year financial_year calendar_year fy reference_period "
        "year/month year/quarter observation_date"
    ),
    Role.YEAR_PART: "月份 月 季度 季 季别 月别 month months quarter quarters qtr",
    Role.VALUE: (
        "数值 值 数据 数据值 指标值 统计值 观测值 本年实际 数额 实际值 實際值 數值 数量 value values val amount obs_value obsvalue "
        "observation figure figures number_value data_value datavalue"
    ),
    Role.UNIT: "单位 计量单位 计算单位 單位 数据单位 指标单位 unit units unit_measure uom unit_of_measure measure_unit",
    Role.STATUS: "状态 数据状态 数据性质 数据类型 发布状态 status obs_status kind flag flags quality 标识 标记 數據狀態",
    Role.CODE: (
        "代码 编码 编号 指标代码 指标编码 地区代码 地区编码 行政区划代码 行政代码 code codes id indicator_code country_code "
        "series_id series_code region_code geo_code iso iso3 iso2 iso_code cdid fips abbreviation state_abbreviate abbreviate"
    ),
    Role.RUNNING: "序号 序 页码 页次 頁碼 頁次 page 序列 行次 行号 序次 項次 no no. # number_no s/n sn row row_number index_no seq",
    Role.NOTE: (
        "备注 注 注释 说明 附注 备考 備註 說明 来源 数据来源 资料来源 出处 來源 資料來源 链接 网址 发布单位 发布机构 部门 责任部门 "
        "责任单位 填报单位 填报人 联系人 更新时间 发布时间 开始时间 结束时间 指标解释 口径 口径说明 指标说明 依据 数据依据 方法 算法 note notes remark remarks comment "
        "comments source sources source_title publisher url link url_or_derivation derivation footnote footnotes "
        "updated last_updated series_start series_end start end start_date end_date reference references "
        "department definition series_type data_type collection_month no._obs no_obs number_of_observations"
    ),
    Role.DIMENSION: (
        "性别 年龄 年龄组 行业 产业 类型 类别 分组 分类 城乡 民族 学历 规模 登记注册类型 sex gender age age_group industry sector "
        "category type group class classification product education disability_status location_type"
    ),
    Role.FREQUENCY: "频度 频率 頻率 freq freq. frequency 周期",
}

_WORD_ROLES: dict[str, Role] = {
    word.replace("_", " "): role for role, words in _EXACT.items() for word in words.split()
}

_TOKEN_ROLES = (
    (re.compile(r"\b(code|id|abbrev\w*|iso\d?|fips)\b|代码|编码|編碼|代號"), Role.CODE),
    (
        re.compile(
            r"\b(sources?|publisher|url|notes?|remarks?|comments?|footnotes?|derivation|links?)\b|备注|备考|来源|说明|出处|网址|備註|來源|注释"
            r"|(?:推算|测算|计算|核算|统计|估算)(?:方法|过程|依据|公式|口径)",
        ),
        Role.NOTE,
    ),
    (re.compile(r"\b(unit|units)\b|计量单位|单位名称"), Role.UNIT),
    (
        re.compile(r"^(country|state|region|city|province|county|district|area|territory|geo) (name|names|or area)$"),
        Role.REGION,
    ),
    (
        re.compile(r"^(indicator|series|item|variable|subject|element|measure) (name|description|label)$"),
        Role.LABEL,
    ),
    (
        re.compile(r"^(reporting|time|reference|calendar|fiscal|financial|data) (period|year|date|time)s?$"),
        Role.PERIOD,
    ),
    (re.compile(r"^(obs|observation|data) ?values?$"), Role.VALUE),
    (re.compile(r"_?enddt$|^截止日期"), Role.PERIOD),
)

_STROKES = frozenset("/\\|")
_STRIP = re.compile(r"[\s　:：*]+")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return the text in half width and lower case, separators as single blanks, spread Chinese drawn together."""
    folded = unicodedata.normalize("NFKC", text).strip().strip(":*.").strip().lower()
    if has_chinese(folded):
        return _STRIP.sub("", folded)
    return re.sub(r"[\s_\-]+", " ", folded).strip()


_THE_VALUES = "数值 值 数据值 指标值 统计值 观测值 數值 value values val obs_value obsvalue data_value datavalue"
_THE_VALUE = frozenset(word.replace("_", " ") for word in _THE_VALUES.split())


def is_the_value(heading: str) -> bool:
    """Whether a heading can only mean the value of an observation; `数量` and `amount` may be indicators."""
    return fold(heading) in _THE_VALUE


@lru_cache(maxsize=4096)
def role_of(heading: str) -> Role | None:
    """Return what a heading says its column or row holds; None for a heading that is a name of its own."""
    name = fold(heading)
    if not name or len(name) > 40:
        return None
    role = _WORD_ROLES.get(name)
    if role is not None:
        return role
    bare = re.sub(r"\(.*?\)", "", name).strip() if "(" in name else name
    if bare != name and bare in _WORD_ROLES and _WORD_ROLES[bare] is not Role.VALUE:
        return _WORD_ROLES[bare]
    parts = _bilingual_parts(name)
    if len(parts) > 1:
        roles = {_WORD_ROLES.get(part) for part in parts}
        if len(roles) == 1:
            return roles.pop()
    for part in re.split(r"[/\\|]", name) if not _STROKES.isdisjoint(name) else ():
        if part.strip() in _WORD_ROLES:  # `地区/年份`, `GEO/TIME`: the corner names the rows first
            return _WORD_ROLES[part.strip()]
    for pattern, token_role in _TOKEN_ROLES:
        if pattern.search(name):
            return token_role
    return None


def _bilingual_parts(name: str) -> list[str]:
    """Split `指标indicator` or `地区 region` at the change of script, and `year/年份` at the stroke."""
    pieces = [""]
    script = ""
    for char in name:
        if is_chinese(char) or char in "()":
            own = "Chinese"
        else:
            own = "Latin" if "a" <= char <= "z" or (script == "Latin" and char in "0123456789 .") else ""
        if own != script:
            pieces.append("")
        script = own
        pieces[-1] += char if own else ""
    return [piece.strip() for piece in pieces if piece.strip()]


NOTE_LINE = re.compile(
    r"^\s*(?:[（(]?(?:注|备注|说明|附注|資料來源|资料来源|数据来源|来源|註|說明|注释|指标解释|数据更新时间|制表|填表说明|编制说明|单位负责人|填报人|统计负责人|填表人|制表人|审核人|复核人|审核|报出日期|填报日期|报送日期|联系人|联系电话)"
    r"\s*(?:[\d一二三四五六七八九十]+)?\s*[:：.、）)]|(?:note|notes|source|sources|footnote|footnotes|data source|last updated)"
    r"\b\s*(?:\d+)?\s*[:.]|©|\(c\)|copyright\b|[*†‡§]\s*\S|\d{1,2}\s*[.)]\s+[A-Z]|\([a-z]\)\s|[①②③④⑤⑥⑦⑧⑨])",
    re.IGNORECASE,
)
"""The beginning of a line that comments on a table rather than names something in it."""

SURE_NOTE = re.compile(
    r"^\s*[（(]?(?:注|备注|附注|资料来源|資料來源|数据来源|註|說明|note|notes|source|sources)\s*\d{0,2}\s*[:：]",
    re.IGNORECASE,
)
"""The beginning of a note even where its row has numbers."""

BARE_NOTE = re.compile(r"\s*[（(]?(?:注|注释|备注|附注|註|notes?)\s*\d{0,2}\s*[.．:：、)）]?\s*", re.IGNORECASE)
"""A cell that says no more than that a note follows; below values the row comments on them."""

KEY_LINE = re.compile(r"^\s*(?P<key>[^:：]{1,16}?)\s*[:：]\s*(?P<value>.*\S)\s*$", re.DOTALL)
"""A title line of the form `指标：地区生产总值(亿元)`."""

_TOTAL_WORDS = "合计 总计 共计 小计 总数 总量 计 全部 全市 全省 全区 全县 合計 總計 total totals all grand_total sum"
TOTALS = frozenset(fold(word) for word in _TOTAL_WORDS.split())
"""Labels that name a whole and not a thing: they need their context."""
SUBTOTALS = frozenset({"sub total", "subtotal", "小计", "小計"})
"""Labels of the sum of the rows right above: they belong to their group."""
WHOLES = TOTALS - SUBTOTALS
"""Labels of a sum that may be that of the group or of the whole table."""
