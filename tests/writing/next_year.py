"""A realistic next year for a bureau whose last table is at hand: rows fall, vanish, appear.

Made at run time from the real table of the corpus (which never enters the repository); what is
added here is invented.
"""

import csv
from pathlib import Path

GONE = ("award_", "xc_", "zb_", "cluster_", "green_", "cyd_jinrun", "cyd_zhong", "cyd_teng", "tel_",
        "ht_b1", "ht_b2", "lh_pilot", "sf_tv", "sf_firms", "tech_10")  # fmt: skip
FALLING = {"ind_invest": "-4.7", "ind_profit": "-6.1", "tc_count": "-12.3", "ht_year": "-6.7",
           "sme_tech": "-3.8", "fiscal_tech": "-15.2"}  # fmt: skip
ZERO = ("giant_nat", "platform_firms")
RENAMED = {"ly_solved": ("当场解决问题数", "直接解决问题数")}
NEW = (
    ("规模工业企业营业收入", "(二)工业经济", "412.6", "亿元", "2023年1—10月", "6.4"),
    ("工业用电量", "(二)工业经济", "9.37", "亿千瓦时", "2023年1—10月", "3.1"),
    ("新增规模工业企业数", "(二)工业经济", "17", "家", "2023年", "13.3"),
    ("制造业税收", "(二)工业经济", "5.24", "亿元", "2023年1—10月", "8.8"),
    ("稀贵金属检测服务批次数", "(三)产业集群", "326", "批次", "2023年", ""),
    ("园区标准厂房面积", "(三)产业集群", "42.5", "万平方米", "截至2023年10月底", ""),
    ("发明专利拥有量", "(四)科技创新", "188", "件", "截至2023年10月底", "21.3"),
    ("科技特派员人数", "(四)科技创新", "63", "名", "2023年", ""),
    ("数字化诊断企业数", "(五)信息化建设", "54", "家", "2023年", ""),
    ("工业互联网平台应用企业数", "(五)信息化建设", "21", "家", "2023年", ""),
    ("助企政策宣讲场次", "(六)“两员”服务", "26", "场", "2023年", ""),
    ("安全培训人次", "(七)安全生产", "1280", "人次", "2023年", ""),
)
FACTS = (
    ("F01", "总述", "提法", "坚持“稳工业、强科技、优服务”的工作思路", "必写", "可公开"),
    ("F02", "总述", "提法", "认真落实县委“园区提质”部署", "必写", "可公开"),
    ("F03", "总述", "荣誉", "我局获评全市科技工作先进单位", "亮点", "可公开"),
    ("F04", "党建", "活动", "开展“学法规、提能力”读书活动6场", "必写", "可公开"),
    ("F05", "党建", "制度文件", "印发《机关内部管理办法》", "可写", "可公开"),
    ("F06", "党建", "荣誉", "局机关支部获评五星支部", "亮点", "可公开"),
    ("F07", "工业经济", "项目", "华岳材料二期项目竣工投产，完成投资3.2亿元", "亮点", "可公开"),
    ("F08", "工业经济", "活动", "举办银企对接会4场", "可写", "可公开"),
    ("F09", "工业经济", "举措", "实行重点企业包联制度，逐户建立运行台账", "可写", "可公开"),
    ("F10", "工业经济", "问题", "工业投资后劲不足，在建项目规模偏小", "必写", "可公开"),
    ("F11", "产业集群", "获批试点", "省级循环化改造园区进入公示", "亮点", "可公开"),
    ("F12", "产业集群", "活动", "举办产业链对接会2场，签约项目9个", "必写", "可公开"),
    ("F13", "产业集群", "打算", "加快建设标准厂房，力争新入园企业12家", "必写", "可公开"),
    ("F14", "科技创新", "获批试点", "县科技成果转化中心通过备案", "可写", "可公开"),
    ("F15", "科技创新", "名单", "华岳材料、青禾电子等5家企业进入培育名单", "可写", "可公开"),
    ("F16", "科技创新", "问题", "企业研发投入增长乏力", "可写", "可公开"),
    ("F17", "科技创新", "打算", "组织企业与高校开展联合攻关", "可写", "可公开"),
    ("F18", "信息化建设", "案例", "青禾电子数字车间入选省级案例", "必写", "脱敏"),
    ("F19", "信息化建设", "举措", "开展中小企业数字化转型培训3期", "可写", "可公开"),
    ("F20", "“两员”服务", "举措", "建立企业问题限时办结机制", "可写", "可公开"),
    ("F21", "“两员”服务", "问题", "个别企业资金周转困难", "备查", "内部"),
    ("F22", "“两员”服务", "打算", "完善帮扶干部考核办法", "可写", "可公开"),
    ("F23", "安全生产", "活动", "开展应急演练7次", "可写", "可公开"),
    ("F24", "安全生产", "制度文件", "印发《工业领域隐患排查指引》", "必写", "可公开"),
    ("F25", "安全生产", "打算", "推动重点企业安全标准化建设", "可写", "可公开"),
)


def write_table(old: Path, new: Path) -> None:
    """Last year's csv as next year's: other values, priors, fewer and more rows."""
    with old.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    fields = [*rows[0], "prior", "weight", "aliases"]
    kept = [_moved(row) for row in rows if not row["id"].startswith(GONE)]
    added = [
        {"id": f"new{number:02d}", "name": name, "section": section, "value": value, "unit": unit,
         "period": period, "yoy": yoy, "weight": "必报" if number < 3 else ""}
        for number, (name, section, value, unit, period, yoy) in enumerate(NEW)
    ]  # fmt: skip
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, restval="")
        writer.writeheader()
        writer.writerows([*kept, *added])


def _moved(row: dict[str, str]) -> dict[str, str]:
    moved = {**row, "note": "", "aliases": "", "prior": "", "weight": ""}
    moved["period"] = (
        row["period"]
        .replace("2022", "2023")
        .replace("1—11月", "1—10月")
        .replace("11月底", "10月底")
    )
    moved["name"] = row["name"].replace("2022", "2023")
    if row["id"] in RENAMED:
        moved["name"], moved["aliases"] = RENAMED[row["id"]]
    if row["yoy"]:
        moved["yoy"] = FALLING.get(row["id"], str(round(float(row["yoy"]) % 37 + 1.3, 1)))
    if row["value"].replace(".", "").isdigit():
        moved["prior"], moved["value"] = row["value"], _changed(row["value"])
    if row["id"] in ZERO:
        moved["value"] = "0"
    if row["rank"]:
        moved["rank"] = str(int(row["rank"]) % 8 + 1)
        moved["weight"] = "必报"
    return moved


def _changed(value: str) -> str:
    if "." in value:
        places = len(value.split(".")[1])
        return f"{float(value) * 1.07 + 0.03:.{places}f}"
    return str(int(value) * 11 // 10 + 1)


def write_facts(path: Path) -> None:
    """The 25 facts of the year."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["编号", "板块", "类型", "要点", "采用", "公开"])
        writer.writerows(FACTS)
