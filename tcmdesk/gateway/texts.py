"""Every text of the patients' page, by the key its scripts ask for.

The page speaks through the same catalogue as everything else: `pages` hands it one JSON file a language.
"""

from __future__ import annotations

from typing import Final

from tcmdesk.core.i18n import N_

_STEPS: Final = {
    "page.title": N_("Video visit"),
    "identity.title": N_("Is it you?"),
    "identity.lead": N_("Name and birthday of the patient, as the clinic has them."),
    "identity.name": N_("Name"),
    "identity.birthday": N_("Birthday"),
    "identity.birthday_hint": N_("Eight digits, such as 19840301"),
    "identity.name_missing": N_("The name is missing."),
    "identity.birthday_wrong": N_("This is no date of eight digits: year, month, day."),
    "identity.next": N_("Continue"),
    "consent.title": N_("Before the visit"),
    "consent.edition": N_("Edition {version}"),
    "consent.agree": N_("I have read this and agree."),
    "consent.next": N_("Agree and continue"),
    "consent.tick": N_("Tick the box above first."),
    "waiting.title": N_("Waiting room"),
    "waiting.next": N_("You are next"),
    "waiting.before_one": N_("1 person before you"),
    "waiting.before": N_("{count} people before you"),
    "waiting.keep_open": N_("{doctor} will call you here. Keep this page open and the sound on."),
    "waiting.planned": N_("Booked for {time}"),
    "waiting.leave": N_("Leave the waiting room"),
    "waiting.line_down": N_("No network. Your place is kept; trying again."),
    "waiting.clinic_away": N_("The clinic's computer does not answer. Your place is kept; trying again."),
    "left.title": N_("You have left"),
    "left.lead": N_("The visit is still open. You can come back until the doctor ends it."),
    "left.back": N_("Come back"),
    "rate.title": N_("How was the visit?"),
    "rate.stars": N_("{count} of 5"),
    "rate.comment": N_("What the clinic should know (may stay empty)"),
    "rate.send": N_("Send"),
    "rate.missing": N_("Choose one to five stars first."),
    "thanks.title": N_("Thank you"),
    "thanks.lead": N_("You can close this page."),
    "ended.cancelled": N_("The visit was cancelled"),
    "ended.no_show": N_("The visit was closed as missed"),
    "ended.do": N_("Call the clinic for another time."),
    "elsewhere.title": N_("The visit is open in another window"),
    "elsewhere.lead": N_("Go on there, or bring it here."),
    "elsewhere.here": N_("Bring it here"),
}  # fmt: skip

_CALL: Final = {
    "call.connecting": N_("Connecting"),
    "call.called": N_("{doctor} is calling you"),
    "call.line_down": N_("The line broke. Connecting again"),
    "call.clinic_away": N_("The clinic's computer does not answer. The call goes on."),
    "call.mute": N_("Mute"),
    "call.unmute": N_("Unmute"),
    "call.camera_off": N_("Camera off"),
    "call.camera_on": N_("Camera on"),
    "call.other_camera": N_("Other camera"),
    "call.hang_up": N_("Hang up"),
    "call.own_picture": N_("Your own picture"),
    "call.doctor_picture": N_("Picture of {doctor}"),
    "call.doctor_voice": N_("No picture from the doctor; the voice comes through."),
    "call.voice_only": N_("The line is too weak for your picture: voice only. It comes back by itself."),
    "call.tap_for_sound": N_("Tap to hear the doctor"),
    "call.device_gone": N_("The microphone or camera was unplugged. Another one is used."),
    "call.device_lost": N_("The microphone was unplugged: the doctor cannot hear you. Plug one in."),
    "quality.excellent": N_("Line very good"),
    "quality.good": N_("Line good"),
    "quality.fair": N_("Line fair"),
    "quality.poor": N_("Line poor"),
}

_DEVICES: Final = {
    "devices.title": N_("Camera and microphone"),
    "devices.lead": N_("The browser asks whether this page may use them. Allow both."),
    "devices.start": N_("Turn both on"),
    "devices.speak": N_("Say something: the bar moves when you are heard."),
    "devices.heard": N_("You are heard."),
    "devices.quiet": N_("Nothing is heard. Is the microphone muted? Choose another below."),
    "devices.level": N_("Level of the microphone"),
    "devices.camera": N_("Camera"),
    "devices.microphone": N_("Microphone"),
    "devices.unnamed": N_("Device {number}"),
    "devices.headset": N_("With a headset nobody hears an echo."),
    "devices.go": N_("Go to the waiting room"),
    "devices.voice_only": N_("Go on with voice only"),
    "devices.again": N_("Try again"),
    "trouble.refused": N_("This page may not use camera and microphone"),
    "trouble.refused_do": N_(
        "Tap the lock or camera sign beside the address and allow both. On a phone also: settings, apps, your browser,"
        " permissions. Then try again."
    ),
    "trouble.no_camera": N_("There is no camera"),
    "trouble.no_camera_do": N_("Plug one in and try again, or go on with voice only."),
    "trouble.no_microphone": N_("There is no microphone"),
    "trouble.no_microphone_do": N_(
        "Plug in a headset and try again; without one the doctor cannot hear you."
    ),
    "trouble.taken": N_("Another program is using the camera or the microphone"),
    "trouble.taken_do": N_("Close meeting and camera programs and other pages that use it, then try again."),
    "trouble.failed": N_("Camera and microphone did not start"),
    "trouble.failed_do": N_("Close the browser completely, open the page again and try once more."),
    "trouble.in_app": N_("This app shows pages but cannot make video calls"),
    "trouble.in_app_do": N_(
        "Tap ··· at the top right and choose “Open in browser”, or copy the address and open it in the phone's browser."
        " The link has not been used yet."
    ),
    "trouble.browser": N_("This browser cannot make video calls"),
    "trouble.browser_do": N_(
        "Copy the address and open it in a current Chrome, Edge, Firefox or Safari. The link has not been used yet."
    ),
    "trouble.copy": N_("Copy the address"),
    "trouble.copied": N_("Copied"),
}

_REFUSALS: Final = {
    "link.title": N_("This link opens no visit"),
    "link.none": N_("Open the link that the clinic sent you"),
    "link.none_do": N_("It is in a message from the clinic or on the slip you were given."),
    "error.offline": N_("The clinic cannot be reached"),
    "error.offline_do": N_("Check the network. This page tries again by itself."),
    "error.again": N_("Try again"),
}

PAGE_TEXTS: Final = {**_STEPS, **_CALL, **_DEVICES, **_REFUSALS}
"""English msgids by key."""
