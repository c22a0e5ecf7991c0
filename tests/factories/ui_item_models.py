"""Filled models of the screens' kit."""

from __future__ import annotations

from dataclasses import dataclass

from tcmdesk.ui.columns import Column
from tcmdesk.ui.models import PagedTableModel
from tests.support.item_models import makes


@dataclass(frozen=True, slots=True)
class SampleRow:
    key: int
    word: str
    amount: str = "0.00"


def sample_rows(count: int) -> list[SampleRow]:
    return [SampleRow(key, f"row {key}", f"{key}.00") for key in range(count)]


def sample_model(rows: list[SampleRow], *, page: int = 50, answer: bool = True) -> PagedTableModel[SampleRow]:
    """A model of these rows; it is answered at once unless `answer` is False."""
    model: PagedTableModel[SampleRow] = PagedTableModel(
        (
            Column("Word", lambda row: row.word, icon=lambda _row: "check"),
            Column("Amount", lambda row: row.amount, 90, align="right"),
        ),
        lambda row: row.key,
        page=page,
    )
    known = {row.key: row for row in rows}
    if answer:
        model.rows_wanted.connect(
            lambda generation, ids: model.deliver(generation, [known[key] for key in ids if key in known])
        )
    model.set_ids([row.key for row in rows])
    return model


@makes("tcmdesk.ui.models:PagedTableModel")
def answered_model() -> PagedTableModel[SampleRow]:
    model = sample_model(sample_rows(120))
    # what a view would do by showing the first page
    model.data(model.index(0, 0))
    return model
