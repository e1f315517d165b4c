"""The shipped plan against facts typed by hand from the plan's text, clause by clause."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ipstrong.diagnostics import has_errors
from ipstrong.model.plan import MeasureKind, Nature, Plan, RegionKind
from ipstrong.planfile import load_plan


@pytest.fixture(scope="module")
def plan(root: Path) -> Plan:
    loaded, findings = load_plan(root / "targets.yaml")
    assert findings == ()
    assert loaded is not None
    return loaded


def test_period_and_home(plan: Plan) -> None:
    assert (plan.start_year, plan.end_year, plan.base_year, plan.home) == (2019, 2021, 2018, "shenzhen")
    home = plan.region("shenzhen")
    assert home is not None
    assert home.kind is RegionKind.HOME


# Goals of the plan: number, measure, comparator, value, upper bound, unit, paragraph and sentence of the goals.
NUMBERED = [
    (1, "rank", "<=", "1", None, "位", "goals, paragraph 2", 3),
    (2, "rank", "<=", "1", None, "位", "goals, paragraph 2", 3),
    (3, "rank", "<=", "1", None, "位", "goals, paragraph 2", 3),
    (4, "level", ">=", "130000", None, "件", "goals, paragraph 2", 3),
    (5, "level", ">=", "93", None, "件/万人", "goals, paragraph 2", 3),
    (6, "level", ">=", "1300000", None, "件", "goals, paragraph 2", 3),
    (7, "rank", "<=", "3", None, "位", "goals, paragraph 2", 3),
    (8, "every_year", ">=", "10", None, "%", "goals, paragraph 2", 3),
    (9, "average_growth", ">=", "20", None, "%", "goals, paragraph 3", 3),
    (10, "every_year", ">=", "120", None, "家", "goals, paragraph 3", 3),
    (11, "level", ">=", "10", None, "家", "goals, paragraph 4", 2),
    (12, "level", ">=", "60", None, "家", "goals, paragraph 4", 2),
    (13, "level", ">=", "180", None, "家", "goals, paragraph 5", 3),
    (14, "level", ">=", "6", None, "家", "goals, paragraph 5", 3),
    (15, "cumulative", ">=", "20", None, "家", "goals, paragraph 5", 3),
    (16, "level", ">=", "1000", None, "人", "goals, paragraph 6", 5),
    (17, "range", "between", "1", "2", "家", "goals, paragraph 6", 5),
]


@pytest.mark.parametrize(
    ("number", "measure", "comparator", "value", "upper", "unit", "section", "sentence"),
    NUMBERED,
    ids=[str(row[0]) for row in NUMBERED],
)
def test_numbered_target(
    plan: Plan,
    number: int,
    measure: str,
    comparator: str,
    value: str,
    upper: str | None,
    unit: str,
    section: str,
    sentence: int,
) -> None:
    target = plan.target(str(number))
    assert target.comparator is not None
    assert (target.measure.value, target.comparator.value) == (measure, comparator)
    assert (str(target.value), target.upper and str(target.upper), str(target.unit)) == (value, upper, unit)
    assert (target.base_year, target.deadline, target.start_year) == (2018, 2021, 2019)
    assert (target.clause.section.en, target.clause.sentence) == (section, sentence)
    assert target.clause.place.en == f"{section}, sentence {sentence}"
    assert target.departments == ("市市场监管局",)
    assert target.weight == 1


def test_clauses_without_a_number_are_manual(plan: Plan) -> None:
    manual = [target for target in plan.targets if target.is_manual]
    assert [target.number for target in manual] == list(range(18, 30))
    assert all(target.weight == 0 and target.indicator is None for target in manual)
    places = {(target.clause.section.en, target.clause.sentence) for target in manual}
    assert places == {
        ("goals, paragraph 1", 1),
        ("goals, paragraph 2", 2),
        ("goals, paragraph 3", 2),
        ("goals, paragraph 4", 2),
        ("goals, paragraph 5", 2),
        ("goals, paragraph 6", 2),
        ("goals, paragraph 6", 3),
        ("goals, paragraph 6", 4),
    }


def test_targets_are_numbered_in_order(plan: Plan) -> None:
    assert [target.number for target in plan.targets] == list(range(1, 30))


@pytest.mark.parametrize("number", [1, 2, 3, 5, 7, 8, 9, 15, 16, 17])
def test_ambiguous_clauses_carry_an_assumption(plan: Plan, number: int) -> None:
    assert plan.target(str(number)).assumption is not None


CONVENTIONS = {
    1: ["first", "first-three"],
    2: ["first", "first-three", "third-party"],
    3: ["first", "first-three"],
    5: ["same-year-end", "previous-year-end", "census-revised", "published"],
    7: ["first-three", "first"],
    9: ["geometric-2018", "geometric-2019", "arithmetic", "cumulative", "infringement-cases"],
    15: ["since-2019", "reported-total"],
    16: ["qualified", "practising"],
    17: ["one-or-two", "two"],
}


def test_disputed_readings(plan: Plan) -> None:
    declared = {
        target.number: [convention.id for convention in target.conventions]
        for target in plan.targets
        if target.conventions
    }
    assert declared == CONVENTIONS


def test_similar_figures_are_kept_apart(plan: Plan) -> None:
    """Infringement cases are not silently the enforcement cases; an alias would make them so."""
    enforcement = plan.indicator("enforcement-cases")
    assert not any("侵权" in name for name in (enforcement.name.zh, *enforcement.aliases))
    firms = plan.indicator("assisted-firms")
    assert not any("工作站" in name for name in (firms.name.zh, *firms.aliases))


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("全国", "nation"),
        ("全国(国内含港澳台)", "nation-domestic-hmt"),
        ("全国(国内申请人)", "nation-domestic-applicants"),
        ("全国(合计)", "nation-all-applicants"),
        ("全国(WIPO口径)", "nation-wipo"),
        ("全国(含国外来华)", "nation-with-foreign"),
        ("全国(内地)", "nation-mainland"),
        ("北京市", "beijing"),
        ("Beijing", "beijing"),
        ("深圳·大鹏新区", "dapeng"),
        ("广东(省)", "guangdong"),
    ],
)
def test_each_scope_of_the_nation_is_a_region_of_its_own(plan: Plan, written: str, region: str) -> None:
    owners = [each.id for each in plan.regions if written in (each.name.zh, each.name.en, *each.aliases)]
    assert owners == [region]


def test_regions_by_kind(plan: Plan) -> None:
    kinds = [region.kind for region in plan.regions]
    assert (kinds.count(RegionKind.HOME), kinds.count(RegionKind.NATION)) == (1, 1)
    assert kinds.count(RegionKind.PART) == 10  # nine districts and Dapeng, which is a new district
    parts = [region.name.zh for region in plan.regions if region.kind is RegionKind.PART]
    assert parts == [
        "福田区",
        "罗湖区",
        "盐田区",
        "南山区",
        "宝安区",
        "龙岗区",
        "龙华区",
        "坪山区",
        "光明区",
        "大鹏新区",
    ]
    peers = {region.id for region in plan.regions if region.kind is RegionKind.PEER}
    assert {"beijing", "shanghai", "guangzhou", "hangzhou", "nanjing"} <= peers
    for number in (1, 2, 3, 7):
        assert set(plan.target(str(number)).peers) == peers


def test_population_breaks_at_the_census(plan: Plan) -> None:
    ratio = plan.indicator("invention-patents-per-10k").ratio
    assert ratio is not None
    assert ratio.denominator == ("population", "population-revised")
    assert (str(ratio.scale), ratio.lag) == ("10000", 0)


def test_software_share_is_of_the_nation(plan: Plan) -> None:
    ratio = plan.indicator("software-copyright-share").ratio
    assert ratio is not None
    assert (ratio.numerator, ratio.denominator) == (("software-copyrights",), ("software-copyrights",))
    assert (ratio.denominator_region, str(ratio.scale)) == ("nation", "100")


S, D = "市市场监管局", "各区政府"
FA_GAI, KE_CHUANG, CAI_ZHENG, GONG_XIN = "市发展改革委", "市科技创新委", "市财政局", "市工业和信息化局"
GONG_AN, SI_FA, QIAN_HAI, FA_YUAN, JIAN_CHA = "市公安局", "市司法局", "市前海管理局", "市中级法院", "市检察院"
JIN_RONG, YIN_BAO = "市地方金融监管局", "深圳银保监局"

# Lead and cooperating units of the 26 actions as the brackets at their ends name them, shared prefixes written out.
TASKS = {
    1: ("优化知识产权创造激励机制", [S], [FA_GAI, KE_CHUANG, CAI_ZHENG]),
    2: ("提升企业知识产权创造能力", [S], [KE_CHUANG, GONG_XIN, "市中小企业服务局", D]),
    3: ("加强企业标准必要专利申请", [S], [D]),
    4: ("引导企业合理规划海外知识产权", [S], [CAI_ZHENG, D]),
    5: ("完善知识产权保护政策法规体系", [S], [SI_FA]),
    6: ("加强知识产权执法体系建设", [S], [GONG_AN, "市文化广电旅游体育局", FA_YUAN, JIAN_CHA, D]),
    7: (
        "加快中国(深圳)知识产权保护中心建设",
        [S],
        [GONG_AN, SI_FA, QIAN_HAI, FA_YUAN, JIAN_CHA, "深圳海关", "深圳国际仲裁院"],
    ),
    8: ("提升知识产权司法保护效率", [FA_YUAN], [S, GONG_AN, JIAN_CHA]),
    9: ("加大海关知识产权保护力度", ["深圳海关"], [S, GONG_AN]),
    10: ("构建海外知识产权风险防控和维权机制", [S], [GONG_XIN, SI_FA, "市商务局", FA_YUAN]),
    11: ("探索建立知识产权保护社会参与机制", [S], [D]),
    12: ("加强知识产权金融创新", [S], [KE_CHUANG, GONG_XIN, CAI_ZHENG, JIN_RONG, QIAN_HAI, YIN_BAO, D]),
    13: ("提升知识产权分析利用水平", [S], [KE_CHUANG, GONG_XIN, D]),
    14: ("促进知识产权领域军民融合发展", [S], [GONG_XIN, D]),
    15: ("加快中国(南方)知识产权运营中心建设", [S], [D]),
    16: ("强化产业知识产权联盟建设", [S], [D]),
    17: ("深入实施商标品牌发展战略", [S], [D]),
    18: ("大力扶持版权产业发展", [S], [D]),
    19: ("加强知识产权服务业集聚发展示范区建设", [S], [D]),
    20: ("强化知识产权公共服务", [S], [D]),
    21: ("推动知识产权信息化平台建设", [S], [FA_GAI, KE_CHUANG, GONG_XIN, "市统计局", D]),
    22: ("提升高等院校、科研院所等单位知识产权管理能力", [S], [D]),
    23: ("全面加强粤港澳大湾区建设", [S], [GONG_AN, SI_FA, JIN_RONG, QIAN_HAI, FA_YUAN, YIN_BAO, D]),
    24: ("提升全社会知识产权意识", [S], ["市教育局"]),
    25: ("深化知识产权“放管服”改革", [S], [D]),
    26: ("完善知识产权人才培养机制", [S], ["市人力资源保障局"]),
}


@pytest.mark.parametrize("number", TASKS)
def test_task_names_its_units_in_full(plan: Plan, number: int) -> None:
    task = plan.tasks[number - 1]
    title, lead, cooperating = TASKS[number]
    assert (task.number, task.title.zh, list(task.lead), list(task.cooperating)) == (number, title, lead, cooperating)


def test_programmes_have_their_actions(plan: Plan) -> None:
    counts: dict[str, int] = {}
    for task in plan.tasks:
        counts[task.programme.zh] = counts.get(task.programme.zh, 0) + 1
    # (一) 1-4, (二) 5-11, (三) 12-18, (四) 19-22, (五) 23-26
    assert counts == {
        "知识产权创造质量提升工程": 4,
        "知识产权保护工程": 7,
        "知识产权运用促进工程": 7,
        "知识产权服务能力提升工程": 4,
        "知识产权发展环境建设工程": 4,
    }


def test_every_task_serves_a_target_and_every_unit_is_declared_in_two_languages(plan: Plan) -> None:
    assert all(task.targets for task in plan.tasks)
    names = {name for task in plan.tasks for name in (*task.lead, *task.cooperating)}
    names |= {milestone.department for milestone in plan.milestones}
    for name in names:
        assert plan.department(name).en.isascii(), name


def test_every_target_is_served_by_a_task(plan: Plan) -> None:
    served = {target for task in plan.tasks for target in task.targets}
    assert served == {target.id for target in plan.targets}


def test_dated_duties(plan: Plan) -> None:
    duties = {milestone.id: milestone for milestone in plan.milestones}
    assert duties["yearly-report"].dates == ("2019-12-15", "2020-12-15", "2021-12-15")
    assert duties["evaluation"].dates == ("2021-05-31",)
    assert duties["evaluation"].department == S


def test_pace_is_the_named_preset(plan: Plan) -> None:
    assert (plan.pace.id, str(plan.pace.on_track), str(plan.pace.slow)) == ("linear-95-60", "0.95", "0.60")
    assert plan.pace.source is not None


def test_every_text_is_in_both_languages(plan: Plan) -> None:
    chinese = re.compile("[\u4e00-\u9fff]")
    texts = [plan.name, *(region.name for region in plan.regions), *(area.name for area in plan.areas)]
    for indicator in plan.indicators:
        texts += [indicator.name, *([indicator.definition] if indicator.definition else [])]
    for target in plan.targets:
        texts += [target.name, target.clause.summary, *([target.assumption] if target.assumption else [])]
        texts += [convention.name for convention in target.conventions]
    for task in plan.tasks:
        texts += [task.title, task.programme, task.clause.summary]
    texts += [milestone.name for milestone in plan.milestones]
    for text in texts:
        assert chinese.search(text.zh), text
        assert not chinese.search(text.en), text


def test_counts_have_no_decimals(plan: Plan) -> None:
    for indicator in plan.indicators:
        if indicator.nature in (Nature.STOCK, Nature.FLOW) and indicator.unit.dimension in ("件", "家"):
            assert indicator.decimals == 0, indicator.id


def test_summaries_are_not_pasted(plan: Plan, shared: Path) -> None:
    """Summaries are in our own words: none of them stands in the plan's text."""
    text = "".join(path.read_text(encoding="utf-8") for path in (shared / "plan").glob("*.txt"))
    assert text
    plain = re.sub(r"[，,。；;：:、（）()]", "", text)
    clauses = [target.clause for target in plan.targets] + [task.clause for task in plan.tasks]
    for clause in clauses:
        assert re.sub(r"[，,。；;：:、（）()]", "", clause.summary.zh) not in plain or len(clause.summary.zh) < 8, (
            clause
        )


def test_titles_and_units_are_those_of_the_text(plan: Plan, shared: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (shared / "plan").glob("*.txt"))
    for task in plan.tasks:
        assert f"{task.number}.{task.title.zh}。" in text
        for name in (*task.lead, *task.cooperating):
            assert name in text or name.removeprefix("市") in text


def test_second_plan_has_every_measure_and_nothing_of_the_first(root: Path) -> None:
    path = root / "examples" / "riverton-water" / "targets.yaml"
    plan, findings = load_plan(path)
    assert not has_errors(findings)
    assert plan is not None
    assert {target.measure for target in plan.targets} == set(MeasureKind)
    assert {target.comparator.value for target in plan.targets if target.comparator} == {">=", ">", "<=", "between"}
    assert plan.pace.id == "riverton-90-50"
    assert not re.search("深圳|专利|patent|Shenzhen", path.read_text(encoding="utf-8"))
    assert "fictional" in plan.name.en
