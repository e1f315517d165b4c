"""Named thresholds of the pace ratio (share of the way gone over share of the time gone)."""

from __future__ import annotations

from decimal import Decimal

from ipstrong.model.plan import PacePreset
from ipstrong.texts import Text

DEFAULT_PRESET = "linear-95-60"

PRESETS: dict[str, PacePreset] = {
    "linear-95-60": PacePreset(
        "linear-95-60",
        Text("直线序时进度 0.95/0.60/0", "straight line, 0.95 / 0.60 / 0"),
        on_track=Decimal("0.95"),
        slow=Decimal("0.60"),
        source=Text(
            "分档取自加拿大统计局可持续发展目标进展方法（仿欧盟统计局 2021），比值改按直线进度计算",
            "classes of Statistics Canada's SDG progress method (after Eurostat 2021), applied to the straight-line ratio",
        ),
    ),
    "linear-100-80": PacePreset(
        "linear-100-80",
        Text("直线序时进度 1.00/0.80/0（从严）", "straight line, 1.00 / 0.80 / 0 (strict)"),
        on_track=Decimal("1.00"),
        slow=Decimal("0.80"),
        source=Text("进度须不落后于时间", "progress must not lag behind time at all"),
    ),
}
