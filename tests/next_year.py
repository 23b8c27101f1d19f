"""A realistic next year for the bureau of the real text: its table rolled on, facts invented.

Event rows are gone, years move on by one, values change, six indicators fall, two are zero, one
is renamed, twelve are new. Every new name, event and fact here is made up.
"""

import csv
from decimal import Decimal
from pathlib import Path

FALLING = ("ind_tax", "ind_profit", "tc_amount", "tc_count", "fiscal_tech", "ind_invest")
ZERO = ("platform_firms", "giant_nat")
RENAMED = {"sme_tech": ("科技型中小企业评价入库数", "科技型中小企业备案入库数")}
REQUIRED = ("ind_va", "ind_invest", "tech_reno", "ind_tax", "ht_year", "base_station", "sf_hidden")
NEW = (
    ("new_energy", "光伏装机新增容量", "(二)工业经济", "36", "兆瓦"),
    ("new_loan", "设备更新贷款贴息额", "(二)工业经济", "420", "万元"),
    ("new_park", "标准厂房新增面积", "(三)产业集群", "5.6", "万平方米"),
    ("new_supply", "产业链供需对接会场次", "(三)产业集群", "9", "场"),
    ("new_patent", "企业新增发明专利授权数", "(四)科技创新", "47", "件"),
    ("new_talent", "引进科技副总人数", "(四)科技创新", "13", "名"),
    ("new_platform", "新增省级研发平台数", "(四)科技创新", "3", "个"),
    ("new_fibre", "千兆光网覆盖小区数", "(五)信息化建设", "86", "个"),
    ("new_digital", "完成数字化诊断企业数", "(五)信息化建设", "54", "家"),
    ("new_visit", "干部入企走访次数", "(六)“两员”服务", "1260", "次"),
    ("new_refund", "清理拖欠企业账款额", "(六)“两员”服务", "2310", "万元"),
    ("new_drill", "组织安全应急演练场次", "(七)安全生产", "28", "场"),
)
FACTS = (
    ("党建", "荣誉", "局机关党支部被县委评为先进基层党组织", "亮点"),
    ("党建", "活动", "组织党员赴云溪水库旧址开展主题党日活动3次", "可写"),
    ("党建", "制度文件", "修订《机关学习考勤办法》", "可写"),
    ("党建", "人事机构", "完成局属事业单位岗位设置调整", "可写"),
    ("工业经济", "项目", "总投资12亿元的青禾新材料项目于6月开工", "必写"),
    ("工业经济", "项目", "松涛铜箔二期项目竣工投产", "可写"),
    ("工业经济", "举措", "对重点企业实行月度运行会商", "可写"),
    ("工业经济", "案例", "帮助远岫机械化解用工缺口120人", "可写"),
    ("产业集群", "获批试点", "再生金属园区列入省循环化改造试点公示名单", "必写"),
    ("产业集群", "活动", "承办全省再生金属产业链对接活动", "亮点"),
    ("产业集群", "名单", "云杉、青禾、松涛3家企业入选市级链主企业", "可写"),
    ("科技创新", "荣誉", "县域科技创新考评获评优秀等次", "可写"),
    ("科技创新", "项目", "2个项目列入省重点研发计划", "可写"),
    ("科技创新", "举措", "推行科技特派员驻企服务", "可写"),
    ("信息化建设", "项目", "智慧园区平台一期上线运行", "可写"),
    ("信息化建设", "活动", "举办企业上云培训2期", "可写"),
    ("“两员”服务", "举措", "建立企业诉求闭环办理台账", "可写"),
    ("“两员”服务", "案例", "协调解决青禾新材料临时用电问题", "可写"),
    ("安全生产", "活动", "开展有限空间专项整治", "可写"),
    ("安全生产", "制度文件", "印发《工业企业风险分级管控清单》", "可写"),
    ("问题", "问题", "工业投资后劲不足，新开工项目偏少", "必写"),
    ("问题", "问题", "企业研发投入意愿不强", "必写"),
    ("打算", "打算", "力争新开工亿元以上项目8个", "必写"),
    ("打算", "打算", "完善再生金属检测平台，补齐产业链短板", "可写"),
    ("总述", "提法", "聚焦实体经济，狠抓工业强县", "必写"),
)


def next_year_table(source: Path, target: Path) -> Path:
    """The table of the real text, one year on."""
    with source.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    head = [*rows[0], "prior", "aliases", "weight"]
    kept = [_rolled(row, position) for position, row in enumerate(rows) if _is_figure(row)]
    for identifier, name, section, value, unit in NEW:
        kept.append(
            {"id": identifier, "name": name, "section": section, "value": value, "unit": unit,
             "period": "2023年"}
        )  # fmt: skip
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, head, restval="")
        writer.writeheader()
        writer.writerows(kept)
    return target


def next_year_facts(target: Path) -> Path:
    """Twenty-five invented facts of all kinds."""
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["板块", "类型", "要点", "采用"])
        writer.writerows(FACTS)
    return target


def _is_figure(row: dict[str, str]) -> bool:
    return any(row[name] for name in ("value", "yoy", "rank"))


def _rolled(row: dict[str, str], position: int) -> dict[str, str]:
    identifier = row["id"]
    new = {key: value.replace("2022", "2023") for key, value in row.items()}
    new["note"] = ""
    new["weight"] = "必报" if identifier in REQUIRED else "可报"
    if identifier in RENAMED:
        new["name"], new["aliases"] = RENAMED[identifier]
    new["prior"] = row["value"] if _is_plain(row["value"]) else ""
    new["value"] = "0" if identifier in ZERO else changed(row["value"], position)
    new["yoy"] = changed(row["yoy"], position)
    if identifier in FALLING:
        new["yoy"] = f"-{changed(row['yoy'] or '6.3', position + 1)}"
    return new


def _is_plain(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def changed(text: str, position: int) -> str:
    """Another number of the same make: never the old one, never zero."""
    if not _is_plain(text):
        return text
    value = Decimal(text)
    step = Decimal(1).scaleb(-max(0, -int(value.as_tuple().exponent)))
    grown = (value * (Decimal("1.07") + Decimal(position % 9) / 50)).quantize(step)
    return f"{grown + step if grown == value else grown:f}"
