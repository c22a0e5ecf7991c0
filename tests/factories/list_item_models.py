"""Filled models of the waitlist and of lists whose rows come whole."""

from __future__ import annotations

import datetime as dt

from tcmdesk.core.i18n import Translator
from tcmdesk.features.waitlist.types import Fit
from tcmdesk.features.waitlist.ui.fits_model import FitsModel
from tcmdesk.features.waitlist.ui.fits_source import DayFits
from tcmdesk.ui.columns import Column
from tcmdesk.ui.row_model import RowTableModel
from tests.factories.clinic import DAY, NOW, ZONE
from tests.factories.ui_item_models import SampleRow, sample_rows
from tests.factories.waiting import entry
from tests.support.item_models import makes


@makes("tcmdesk.ui.row_model:RowTableModel")
def row_model() -> RowTableModel[SampleRow]:
    columns = (Column("Word", lambda row: row.word), Column("Amount", lambda row: row.amount, align="right"))
    model: RowTableModel[SampleRow] = RowTableModel(columns, lambda row: row.key)
    model.more_wanted.connect(lambda: model.add_rows(sample_rows(60)[50:], more=False))
    model.show_rows(sample_rows(50), more=True)
    return model


@makes("tcmdesk.features.waitlist.ui.fits_model:FitsModel")
def fits_model() -> FitsModel:
    model = FitsModel(Translator("en"), ZONE)
    fits = tuple(
        Fit(entry(name), "doctor", "周怀瑾", NOW.astimezone(dt.UTC) + dt.timedelta(minutes=30))
        for name in ("甲", "乙")
    )
    model.show_day(DayFits(DAY, fits, (), 2, NOW))
    return model
