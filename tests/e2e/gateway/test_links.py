"""Links that open a visit, and those that do not; a second person; another window."""

import asyncio

import pytest
from sqlalchemy import update

from tcmdesk.features.consultations.models import DeskVideoLink
from tcmdesk.features.consultations.service import links
from tests.support.chromium import Chromium
from tests.support.video_visits import agree, check_devices, identify, walk_to_waiting_room

pytestmark = pytest.mark.slow


async def refusal(page, gateway, link):
    await page.open(f"{gateway}/#{link}")
    await page.step("refused")
    return await page.text()


async def test_a_link_that_nobody_made_is_refused_in_words(visit, gateway, page):
    text = await refusal(page, gateway, "x" * 43)
    assert "This link is not complete, or not of this clinic." in text


async def test_the_refusal_is_in_the_persons_language(visit, gateway, browser):
    page = await browser.page()
    await page.language("zh-CN")
    text = await refusal(page, gateway, "x" * 43)
    assert "诊所" in text
    assert await page.evaluate("document.documentElement.lang") == "zh-CN"


async def test_an_expired_link_is_refused(visit, gateway, page):
    def expire(connection):
        long_ago = visit.clinic.clinic.database.clock.now().replace(year=2020)
        connection.execute(update(DeskVideoLink).values(expires_at=long_ago))

    await asyncio.to_thread(visit.clinic.database.read, expire)
    assert "expired" in await refusal(page, gateway, visit.link)


async def test_a_replaced_link_is_refused_and_the_new_one_opens(visit, gateway, page):
    newer = await visit.new_link()
    assert "replaced" in await refusal(page, gateway, visit.link)
    await page.open(f"{gateway}/#{newer}")
    await page.step("identity")


async def test_a_second_person_is_refused_and_the_first_is_not_disturbed(visit, gateway, browser, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    other = await browser.page(context=await browser.stranger())
    await other.language("en-US")
    assert "opened on another device" in await refusal(other, gateway, visit.link)
    await other.open(f"{gateway}/")
    await other.step("no-link")

    await visit.admit()
    await page.step("call")


async def test_looking_at_a_link_does_not_use_it_up(visit, gateway, browser, page):
    await page.open(f"{gateway}/#{visit.link}")
    await page.step("identity")
    other = await browser.page(context=await browser.stranger())
    await other.language("en-US")
    await other.open(f"{gateway}/#{visit.link}")
    await identify(other)
    await other.step("consent")


async def test_the_same_browser_may_open_its_message_again(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    await page.open("about:blank")
    await page.open(f"{gateway}/#{visit.link}")
    await page.step("devices")


async def test_a_revoked_visit_ends_its_page(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    state = await asyncio.to_thread(
        visit.clinic.read, visit.clinic.doctor, links.link_state, visit.room.consultation_id
    )
    await visit.write(links.revoke_link, state.link_id)
    await page.send("Page.reload")
    await page.step("no-link")


async def test_the_visit_moves_to_a_new_window_and_back(visit, gateway, browser, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    second = await browser.page()
    await second.language("en-US")
    await second.open(gateway)
    await check_devices(second)
    await second.step("waiting")
    await page.step("elsewhere")

    await page.click("button.primary")
    await page.step("waiting")
    await second.step("elsewhere")


async def test_a_wrong_birthday_goes_no_further(visit, gateway, page):
    await page.open(f"{gateway}/#{visit.link}")
    await page.fill("#name", "沈若兰")
    await page.fill("#birthday", "19840302")
    await page.click("button.primary")
    await page.wait_for("document.body.innerText.includes('differ from what the clinic has')")
    assert await page.evaluate("document.body.dataset.step") == "identity"
    await page.fill("#birthday", "1984-03-01")
    await page.click("button.primary")
    await page.step("consent")


async def test_no_consent_no_visit(visit, gateway, page):
    await page.open(f"{gateway}/#{visit.link}")
    await identify(page)
    await page.step("consent")
    await page.click("button.primary")
    await page.wait_for("document.body.innerText.includes('Tick the box')")
    await agree(page)
    await page.step("devices")


async def test_a_browser_without_calls_is_told_before_the_link_is_used(visit, gateway, page):
    await page.before_scripts("delete window.RTCPeerConnection")
    await page.open(f"{gateway}/#{visit.link}")
    await page.step("trouble")
    assert "This browser cannot make video calls" in await page.text()
    async with Chromium() as another:
        whole = await another.page()
        await whole.open(f"{gateway}/#{visit.link}")
        await whole.step("identity")


async def test_an_app_that_only_shows_pages_is_named(visit, gateway, page):
    await page.before_scripts(
        "Object.defineProperty(navigator, 'mediaDevices', { value: undefined });"
        "Object.defineProperty(navigator, 'userAgent', { value: 'Mozilla/5.0 MicroMessenger/8.0' });"
    )
    await page.open(f"{gateway}/#{visit.link}")
    await page.step("trouble")
    assert "Open in browser" in await page.text()
    assert visit.link in await page.evaluate("location.href"), "the address can be copied"


async def test_a_clock_that_is_off_does_not_matter(visit, gateway, page):
    await page.before_scripts(
        "const real = Date; const off = 5 * 365 * 86400e3;"
        "Date = class extends real { constructor(...a) { a.length ? super(...a) : super(real.now() - off); }"
        " static now() { return real.now() - off; } };"
    )
    await walk_to_waiting_room(page, gateway, visit.link)
    assert "24 Nov 14:00" in await page.text()
    await visit.admit()
    await page.step("call")
