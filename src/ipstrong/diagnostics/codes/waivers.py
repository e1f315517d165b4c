"""RULE codes from 080 on: waivers of known findings."""

from __future__ import annotations

from ipstrong.diagnostics.finding import error, warning

WAIVERS_UNREADABLE = error(
    "RULE080",
    "豁免清单用不了 | waivers file cannot be used",
    "豁免清单无法读取：{problem} | the waivers file cannot be read: {problem}",
    "检查路径、编码（UTF-8）和 YAML 写法 | check the path, the encoding (UTF-8) and the YAML",
    "豁免清单读不出来时，不能当作没有豁免，更不能当作全部豁免，所以是错误。清单是一个列表，一项豁免一个条目。 | "
    "A waivers file that cannot be read is neither an empty one nor a full pardon, so this is an error. The file is a "
    "list with one entry per waiver.",
    "- code: RULE042\n   place: [",
)
WAIVERS_NOT_A_LIST = WAIVERS_UNREADABLE.case(
    "RULE081",
    "这里应为{expected} | expected {expected} here",
    "写成列表，每项有 code、place 或 series、reason、who、expires | "
    "write a list whose entries have code, place or series, reason, who and expires",
)
WAIVER_KEY = error(
    "RULE082",
    "豁免条目的键不对 | wrong or missing key in a waiver",
    "{problem}“{key}” | {problem} '{key}'",
    "{nearest}可用的键：code、place、series、reason、who、expires | "
    "{nearest}the keys are: code, place, series, reason, who, expires",
    "每项豁免都要写明豁免什么（code）、在哪里（place 或 series）、为什么（reason）、谁批准（who）、到哪天为止（expires）。写错的键若被忽略，范围或期限就与本意不同；不限定位置的豁免会掩盖以后的错误。 | "
    "Every waiver says what (code), where (place or series), why (reason), who agreed (who) and until when (expires). "
    "A misspelt key that is ignored would change what is waived or for how long; one without a place would hide errors "
    "yet to come.",
    "expire: 2026-12-31",
)
WAIVER_FIELD_MISSING = WAIVER_KEY.case(
    "RULE083", "豁免条目缺少“{key}” | the waiver lacks '{key}'", "补上“{key}” | add '{key}'"
)
WAIVER_VALUE = error(
    "RULE084",
    "豁免条目的值不对 | bad value in a waiver",
    "“{key}”的值“{value}”不对：应为{expected} | '{value}' is no value for '{key}': expected {expected}",
    "改正这个值 | correct the value",
    "日期写成 2026-12-31，代码写成 RULE042，其余为文字。代码写错的豁免永远不会生效。 | "
    "Dates are written 2026-12-31, codes RULE042, all else is text. A waiver for a code that does not exist would "
    "never take effect.",
    "expires: next year",
)
WAIVER_CODE_UNKNOWN = WAIVER_VALUE.case(
    "RULE085",
    "没有代码“{value}” | there is no code '{value}'",
    "{nearest}用 ipstrong rules 查看全部代码 | {nearest}ipstrong rules lists all codes",
)
WAIVER_EXPIRED = error(
    "RULE086",
    "豁免已过期 | expired waiver",
    "{waived} 的豁免（{where}）已于 {expires} 到期 | the waiver of {waived} ({where}) expired on {expires}",
    "改正数据并删去这一条；仍需豁免的，由 {who} 重新审批并更新 expires | "
    "correct the data and remove the entry, or have {who} renew it with a new date",
    "豁免有期限，到期当日仍有效。过期的豁免不再生效，所豁免的问题会重新出现。 | "
    "Waivers end; the last day is included. An expired one no longer covers anything, and its findings are back.",
    "expires: 2021-12-31",
)
WAIVER_UNUSED = warning(
    "RULE087",
    "豁免没有用到 | unused waiver",
    "{waived} 的豁免（{where}）没有对应的问题 | the waiver of {waived} ({where}) covers nothing",
    "问题已解决的，删去这一条；否则核对 place 或 series | "
    "remove it if the matter is settled, else check place or series",
    "没有用到的豁免，要么问题已经改好，要么位置写错。留着它会掩盖将来同一位置的错误。 | "
    "Either the data was corrected or the place is wrong. Left in the file it would hide the next error at that place.",
    "place: data.xlsx[企业!D8]",
)
