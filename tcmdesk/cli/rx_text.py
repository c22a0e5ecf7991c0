"""What ``tcmdesk rx check`` says to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.i18n import N_
from tcmdesk.features.prescriptions.service import checking
from tcmdesk.features.prescriptions.types import SEVERITY_LABELS, UNREVIEWED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.prescriptions.types import Check


def print_checks(names: Sequence[str], checks: Sequence[Check], tr: Translator) -> None:
    """One block a prescription, worst first, and what the answer rests on."""
    for name, check in zip(names, checks, strict=True):
        print(name)
        for alert in check.alerts:
            label = tr.gettext(SEVERITY_LABELS[alert.severity])
            print(f"  {label}  {alert.code.value}  {alert.text(tr)}  [{alert.source.text(tr)}]")
        if check.unresolved:
            print(f"  {tr.gettext(N_('Not in the dictionary, unchecked:'))} {'、'.join(check.unresolved)}")
        if check.unchecked:
            print(f"  {tr.gettext(N_('No ceiling known, dose unchecked:'))} {'、'.join(check.unchecked)}")
        if not check.alerts:
            print(f"  {tr.gettext(N_('Nothing found.'))}")
    name, title = checking.edition()
    print(f"{title.text(tr)} [{name}; {tr.gettext(UNREVIEWED)}]")
