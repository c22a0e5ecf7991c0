"""The steps before and after the call, as small JSON requests of the page."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from typing import TYPE_CHECKING, Any, Final, cast

from aiohttp import web

from tcmdesk.core.errors import TranslatableError, Unavailable, UserError, ValidationError
from tcmdesk.core.i18n import LANGUAGES, N_, Translator, translator
from tcmdesk.core.incidents import number_of
from tcmdesk.features.consultations.types import CONSENT_TEXT, CONSENT_VERSION, SESSION_LIFE
from tcmdesk.gateway import cookies
from tcmdesk.gateway.limits import Limiter, Rate
from tcmdesk.gateway.security import address_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from zoneinfo import ZoneInfo

    from tcmdesk.core.actor import Patient
    from tcmdesk.features.consultations.types import LinkView, PatientView
    from tcmdesk.gateway.desk import Desk
    from tcmdesk.gateway.listen import Listen

    Answer = Callable[[web.Request, Translator], Awaitable[dict[str, Any]]]

log = logging.getLogger(__name__)

LINKS: Final = Rate(burst=20, per_second=0.2)
"""Of one address: looking at links and using them up."""
IDENTITIES: Final = Rate(burst=6, per_second=1 / 60)
"""Of one visit: six birthdays at once, then one a minute."""


class TooOftenError(UserError):
    """A limit of this module; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("gateway.often", N_("Too many tries. Wait {seconds} seconds."), seconds=seconds)


class Api:
    """Handlers under ``/api/``; each answers one JSON object, errors as ``{code, text}`` in the page's language."""

    def __init__(self, desk: Desk, listen: Listen, zone: Callable[[], Awaitable[ZoneInfo]]) -> None:
        self._desk = desk
        self._listen = listen
        self._zone = zone
        self._links = Limiter(LINKS)
        self._identities = Limiter(IDENTITIES)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/look", self._handler(self._look)),
            web.post("/api/begin", self._begin),
            web.get("/api/visit", self._handler(self._visit)),
            web.post("/api/identity", self._handler(self._identity)),
            web.post("/api/consent", self._handler(self._consent)),
            web.post("/api/rate", self._handler(self._rate)),
        ]

    def _handler(self, answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            tr = _language(request)
            try:
                return web.json_response(await answer(request, tr))
            except TranslatableError as error:
                return _refusal(error, tr)
            except web.HTTPException:
                raise
            except Exception as error:  # noqa: BLE001  (the last door: a number to quote, nothing else)
                return _fault(error, tr)

        return handle

    async def _look(self, request: web.Request, tr: Translator) -> dict[str, Any]:
        link = await self._link(request)
        try:
            return await self._describe_link(await self._desk.look(link), tr)
        except UserError as error:
            credential = cookies.token_of(request, self._listen)
            if error.code != "link.used" or not credential:
                raise
            # the person opens the message again: this very browser has used the link
            patient = await self._desk.redeem(link, credential)
            return await self._describe(patient, tr)

    async def _begin(self, request: web.Request) -> web.Response:
        credential = secrets.token_urlsafe(32)

        async def begin(request: web.Request, tr: Translator) -> dict[str, Any]:
            return await self._describe(await self._desk.redeem(await self._link(request), credential), tr)

        response = await self._handler(begin)(request)
        if response.status == 200:
            cookies.give(response, credential, int(SESSION_LIFE.total_seconds()), self._listen)
        return response

    async def _visit(self, request: web.Request, tr: Translator) -> dict[str, Any]:
        return await self._describe(await self._patient(request), tr)

    async def _identity(self, request: web.Request, tr: Translator) -> dict[str, Any]:
        patient = await self._patient(request)
        if not self._identities.admits(patient.consultation_id):
            raise TooOftenError(self._identities.seconds_to_wait(patient.consultation_id))
        content = await _content(request)
        await self._desk.confirm_identity(patient, _text(content, "name", 100), _birthday(content))
        return await self._describe(patient, tr)

    async def _consent(self, request: web.Request, tr: Translator) -> dict[str, Any]:
        patient = await self._patient(request)
        await self._desk.consent(patient, _text(await _content(request), "version", 20))
        return await self._describe(patient, tr)

    async def _rate(self, request: web.Request, tr: Translator) -> dict[str, Any]:
        patient = await self._patient(request)
        content = await _content(request)
        stars = content.get("stars")
        if isinstance(stars, bool) or not isinstance(stars, int) or not 1 <= stars <= 5:
            raise ValidationError("gateway.stars", N_("Choose one to five stars first."), field="stars")
        await self._desk.rate(patient, stars, _text(content, "comment", 1000))
        return await self._describe(patient, tr)

    async def _link(self, request: web.Request) -> str:
        address = address_of(request, self._listen)
        if not self._links.admits(address):
            raise TooOftenError(self._links.seconds_to_wait(address))
        return _text(await _content(request), "link", 200)

    async def _patient(self, request: web.Request) -> Patient:
        return await self._desk.patient_of(cookies.token_of(request, self._listen))

    async def _describe_link(self, view: LinkView, tr: Translator) -> dict[str, Any]:
        return {
            "step": "link",
            "clinic": view.clinic,
            "doctor": view.doctor_name,
            "planned": await self._moment(view.scheduled_at, tr),
        }

    async def _describe(self, patient: Patient, tr: Translator) -> dict[str, Any]:
        view = await self._desk.view(patient)
        return {
            "step": _step(view),
            "clinic": view.clinic,
            "doctor": view.doctor_name,
            "title": view.doctor_title,
            "planned": await self._moment(view.scheduled_at, tr),
            "status": view.status,
            "consent": {"version": CONSENT_VERSION, "text": [tr.gettext(line) for line in CONSENT_TEXT]},
        }

    async def _moment(self, moment: dt.datetime, tr: Translator) -> str:
        """The clinic's day and time in words: the browser's clock and zone may be anything."""
        local = moment.astimezone(await self._zone())
        return f"{tr.date(local.date(), weekday=True)} {tr.time(local)}"


def _step(view: PatientView) -> str:
    """Which page comes next."""
    if view.status == "completed":
        return "thanks" if view.rating is not None else "rate"
    if view.status in {"cancelled", "no_show"}:
        return "ended"
    if not view.identity_stated:
        return "identity"
    return "devices" if view.consented else "consent"


def _language(request: web.Request) -> Translator:
    asked = request.headers.get("X-Language", "")
    return translator(asked if asked in LANGUAGES else LANGUAGES[0])


async def _content(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        content = await request.json()
    except ValueError as error:
        raise web.HTTPBadRequest from error
    if not isinstance(content, dict):
        raise web.HTTPBadRequest
    return cast("dict[str, Any]", content)


def _text(content: dict[str, Any], name: str, longest: int) -> str:
    value = content.get(name)
    if not isinstance(value, str) or len(value) > longest:
        raise web.HTTPBadRequest
    return value.strip()


def _birthday(content: dict[str, Any]) -> dt.date:
    try:
        return dt.date.fromisoformat(_text(content, "birthday", 10))
    except ValueError as error:
        raise ValidationError(
            "gateway.birthday", N_("This is no date of eight digits: year, month, day."), field="birthday"
        ) from error


def _refusal(error: TranslatableError, tr: Translator) -> web.Response:
    status = 422
    if isinstance(error, Unavailable):
        status = 503
    elif isinstance(error, TooOftenError):
        status = 429
    elif error.code.startswith("session."):
        status = 401
    elif error.code.startswith("link."):
        status = 410
    field = error.field if isinstance(error, ValidationError) else None
    return web.json_response({"code": error.code, "text": error.text(tr), "field": field}, status=status)


def _fault(error: Exception, tr: Translator) -> web.Response:
    text = tr.gettext(N_("Something went wrong in the program. The log has it under the number {number}."))
    return web.json_response({"code": "fault", "text": text.format(number=number_of(error))}, status=500)
