from tcmdesk.media.protocol import (
    CameraOff,
    ChooseDevices,
    ClosePreview,
    HangUp,
    Mute,
    OpenPreview,
    Role,
    ShowSize,
    StartCall,
    Stream,
    Volume,
)
from tcmdesk.media.remembered import Remembered


def remembered(*commands):
    memory = Remembered()
    for command in commands:
        memory.note(command)
    return memory


def test_nothing_was_asked():
    assert remembered().settings() == []
    assert remembered().forget_calls() == ()


def test_an_open_preview_is_opened_again_with_the_devices_of_last():
    memory = remembered(OpenPreview("cam", "mic", "spk"), ChooseDevices(microphone="other"))
    assert memory.settings() == [OpenPreview("cam", "other", "spk")]


def test_a_closed_preview_leaves_the_choice():
    memory = remembered(OpenPreview("cam", "mic", "spk"), ClosePreview())
    assert memory.settings() == [ChooseDevices("cam", "mic", "spk")]


def test_the_last_of_each_setting_counts():
    memory = remembered(Mute(True), CameraOff(True), Mute(False), Volume(0.5))
    assert memory.settings() == [Mute(False), CameraOff(True), Volume(0.5)]


def test_the_size_of_each_stream_counts():
    memory = remembered(
        ShowSize(Stream.REMOTE, 10, 10), ShowSize(Stream.LOCAL, 5, 5), ShowSize(Stream.REMOTE, 20, 20)
    )
    assert memory.settings() == [ShowSize(Stream.REMOTE, 20, 20), ShowSize(Stream.LOCAL, 5, 5)]


def test_calls_under_way_are_told_once():
    memory = remembered(
        StartCall("a", 0, Role.OFFER),
        StartCall("a", 1, Role.OFFER),
        StartCall("b", 0, Role.ANSWER),
        HangUp("b"),
    )
    assert memory.forget_calls() == ("a",)
    assert memory.forget_calls() == ()
