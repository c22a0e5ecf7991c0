"""What is said about the demo's doctors, and somebody who no longer works there. All made up."""

from __future__ import annotations

import base64
import colorsys
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.cli.demo import people
from tcmdesk.cli.demo.people import DemoStaff
from tcmdesk.core.actor import Role

if TYPE_CHECKING:
    from tcmdesk.cli.demo.rows import Rows


@dataclass(frozen=True, slots=True)
class Told:
    """What patients read about a doctor before they book; `hue` (degrees) is that of the ground behind the portrait."""

    introduction: str
    specialties: tuple[str, ...]
    experience: str
    hue: int


TOLD: Final = {
    "chenjinghe": Told(
        "以经方治疗内科常见病，用药少而精，重视睡眠与饮食。", ("失眠", "脾胃病", "眩晕", "内科杂病"), "从医三十五年，带教二十年。", 174,
    ),
    "linruoxi": Told("调理月经与产后，擅长与患者一起安排起居。", ("月经不调", "痛经", "产后调理"), "妇科门诊十八年。", 339),
    "hezhongming": Told(
        "针灸为主，配合推拿与导引，先减痛，再复力。", ("颈肩痛", "腰腿痛", "面瘫", "针灸"), "针推科二十六年，曾任康复科主任。", 210,
    ),
    "suwanqing": Told("看孩子的咳嗽、积食与睡眠，能不用药时不用药。", ("小儿咳嗽", "积食", "小儿推拿"), "儿科门诊十二年。", 43),
    "zhouhuaijin": Told("慢病随访，与西医检查对照调方。", ("高血压调理", "咳喘", "痛风"), "内科十六年。", 234),
    "guqinghe": Told("运动损伤与办公室颈肩，手法轻。", ("运动损伤", "颈肩痛", "拔罐"), "针推科七年。", 163),
}  # fmt: skip

LEFT: Final = DemoStaff("yewan", "叶晚", Role.FRONT_DESK, "female", dt.date(1992, 2, 16))
"""A clerk of former times, suspended, so that the list has one."""

_PORTRAIT: Final = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='240' height='240' viewBox='0 0 240 240'>"
    "<rect width='240' height='240' fill='{ground}'/><circle cx='120' cy='96' r='44' fill='#E9F5F1'/>"
    "<path d='M36 240c4-62 40-92 84-92s80 30 84 92z' fill='#E9F5F1'/></svg>"
)


def portrait(account: str) -> str:
    """A drawn figure, because nobody here exists; an address as the doctors' photos have it."""
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(TOLD[account].hue / 360, 0.28, 0.4))
    svg = _PORTRAIT.format(ground=f"rgb({red},{green},{blue})")
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")


def told_about(account: str) -> dict[str, object]:
    """The columns of `doctors` that tell patients who somebody is."""
    told = TOLD[account]
    return {
        "introduction": told.introduction,
        "specialties": list(told.specialties),
        "experience": told.experience,
        "photos": [portrait(account)],
    }


def add_former(rows: Rows) -> None:
    """Somebody who may no longer sign in; added last, so that the dice fall for everybody else as before."""
    password_hash = rows.tables["users"][0]["password_hash"]
    user_id, began = rows.new_id(), rows.now - dt.timedelta(days=700)
    rows.add(
        "users", id=user_id, account=LEFT.account, name=LEFT.name, password_hash=password_hash,
        gender=LEFT.gender, phone=people.PHONE.format(9100), birthday=LEFT.birthday, role="patient",
        status="active", created_at=began, updated_at=began,
    )  # fmt: skip
    rows.add(
        "desk_staff", user_id=user_id, role=LEFT.role.value, status="suspended",
        created_at=began, updated_at=began,
    )  # fmt: skip
