"""Invented places and the bodies that report there. May import: attrs and the standard library."""

from __future__ import annotations

import attrs


@attrs.frozen
class Place:
    """A county, district or city that does not exist.

    Args:
        name: with 县, 区 or 市.
        city: the city above it, empty where it is one itself.
        slug: its name in web addresses.
        area_code: of its telephones.
        postcode: the first four digits.

    """

    name: str
    city: str
    slug: str
    area_code: str
    postcode: str


@attrs.frozen
class Body:
    """A reporting body.

    Args:
        name: full name, with its place.
        kind: kind of body.
        self_names: how it may call itself.
        contact: who answers questions.
        field: what it works on.
        place: where it is.

    """

    name: str
    kind: str
    self_names: tuple[str, ...]
    contact: str
    field: str
    place: Place


PLACES = (
    Place("云溪县", "临澜市", "yunxi", "0579", "3214"),
    Place("砚湖县", "临澜市", "yanhu", "0579", "3215"),
    Place("枫渡区", "临澜市", "fengdu-qu", "0579", "3216"),
    Place("汀岚县", "霁川市", "tinglan", "0793", "3345"),
    Place("禾渚区", "霁川市", "hezhu", "0793", "3346"),
    Place("霁川市", "", "jichuan", "0793", "3340"),
    Place("榆汀县", "梧津市", "yuting", "0543", "2564"),
    Place("鹿屿区", "梧津市", "luyu", "0543", "2566"),
    Place("蓼湾县", "望澜市", "liaowan", "0838", "6184"),
    Place("望澜市", "", "wanglan", "0838", "6180"),
)
SITES = {place.name: f"https://www.{place.slug}.example" for place in PLACES}
STREETS = ("文昌路", "迎宾大道", "滨河北路", "环城东路", "学府街", "新市街")

_DEPARTMENTS = {
    "商务局": "促进消费、稳定外贸",
    "教育局": "义务教育招生、校园安全",
    "民政局": "社会救助、养老服务",
    "财政局": "预算决算、惠民补贴",
    "水利局": "防汛抗旱、农村供水",
    "交通运输局": "公路建设、客运服务",
    "农业农村局": "粮食生产、乡村建设",
    "市场监督管理局": "食品安全、质量监管",
    "自然资源和规划局": "土地供应、规划管理",
    "卫生健康委员会": "医疗服务、疾病预防",
}
_CENTRES = {"政务服务中心": "窗口服务、事项办理", "公共资源交易中心": "工程招标、政府采购"}
_TOWNS = ("青屿镇", "松垭镇", "石槐镇", "栗坪乡", "柳浦镇", "雁坡乡")
_STREETS = ("映湖街道", "听涛街道", "槐荫里街道", "砚池街道")
_LOCAL = "惠农补贴、民生保障"


def _of(place: Place) -> list[Body]:
    own = f"我{place.name[-1]}"
    office = f"{place.name}人民政府办公室"
    found = [
        Body(f"{place.name}人民政府", "government", (own,), office, "民生保障、重大项目", place),
        Body(office, "gov_office", ("我办",), office, "政策发布、政务服务", place),
    ]
    for name, field in _DEPARTMENTS.items():
        full = f"{place.name}{name}"
        selves = ("我委",) if name.endswith("会") else ("我局", "本局")
        found.append(Body(full, "department", selves, f"{full}办公室", field, place))
    for name, field in _CENTRES.items():
        full = f"{place.name}{name}"
        found.append(Body(full, "service_centre", ("我中心", "本中心"), f"{full}综合科", field, place))
    if place.name[-1] == "县":
        for name in _TOWNS:
            full = f"{place.name}{name}人民政府"
            found.append(Body(full, "township", (f"我{name[-1]}",), f"{full}党政综合办公室", _LOCAL, place))
    if place.name[-1] == "区":
        for name in _STREETS:
            full = f"{place.name}{name}办事处"
            found.append(Body(full, "subdistrict", ("我街道", "本街道"), f"{full}党政办公室", _LOCAL, place))
    return found


BODIES = tuple(body for place in PLACES for body in _of(place))
