"""`can_issue`: the only door to a released prescription."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.i18n import N_
from tcmdesk.features.prescriptions.types import AlertCode, Hindrance, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.features.prescriptions.types import Alert, Check, Confirmations


def can_issue(check: Check, confirmations: Confirmations) -> Verdict:
    """Whether a checked prescription may be issued with what was confirmed; everything that hinders it otherwise.

    A block, an ambiguous name and a fault of the engine are never confirmed away. A hard alert and an individual one take
    a reason each, the other signatures one step, an unknown name an acknowledgement, a supply over seven days a reason.
    Confirmations of another draft, or of this one before it changed, do not count.
    """
    return Verdict(tuple(_hindrances(check, confirmations)))


def _hindrances(check: Check, confirmations: Confirmations) -> Iterator[Hindrance]:
    if check.fault is not None:
        yield Hindrance(
            N_(
                "The check did not finish, so nothing is issued. The log has it under the number {number}; "
                "check again, and tell who looks after the program when it happens twice."
            ),
            {"number": check.fault},
        )
        return
    if not check.fingerprint or confirmations.fingerprint != check.fingerprint:
        yield Hindrance(N_("The prescription changed after it was confirmed: check and sign it again."))
        return
    if not confirmations.signed_by.strip():
        yield Hindrance(N_("Nobody has signed."))
    for alert in check.alerts:
        yield from _of_alert(alert, confirmations)
    for name in check.unresolved:
        if name not in confirmations.acknowledged:
            yield Hindrance(
                N_("“{name}” is not in the dictionary and is unchecked: correct it or acknowledge it."),
                {"name": name},
            )


def _of_alert(alert: Alert, confirmations: Confirmations) -> Iterator[Hindrance]:
    reason = bool(confirmations.reasons.get(alert.key, "").strip())
    match alert.severity:
        case Severity.BLOCK:
            yield Hindrance(N_("This cannot be issued by any signature."), alert=alert)
        case Severity.HARD:
            if not reason:
                yield Hindrance(N_("This needs a reason and your signature."), alert=alert)
        case Severity.SIGN:
            if alert.individual and not reason:
                yield Hindrance(N_("This needs a reason and your signature."), alert=alert)
            elif not alert.individual and not confirmations.batch:
                yield Hindrance(N_("This needs your signature."), alert=alert)
        case Severity.SOFT:
            yield from _of_soft(alert, reason=reason)


def _of_soft(alert: Alert, *, reason: bool) -> Iterator[Hindrance]:
    if alert.code is AlertCode.AMBIGUOUS_NAME:
        yield Hindrance(N_("The name has several meanings: pick the herb."), alert=alert)
    elif alert.code in _ANSWERED and not reason:
        yield Hindrance(N_("This needs an answer."), alert=alert)


_ANSWERED = frozenset({AlertCode.SUPPLY_OVER_7D, AlertCode.PREG_STATUS_UNKNOWN, AlertCode.ONLINE_NOT_ALLOWED})
