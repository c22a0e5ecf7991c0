"""Small things a workstation remembers."""

from tcmdesk.core.keepsakes import Keepsake


def test_what_is_kept_is_read_beside_what_was_there(tmp_path):
    Keepsake("printing", tmp_path).keep({"ticket": {"paper": "80mm"}})
    Keepsake("printing", tmp_path).keep({"slip": {"paper": "A5"}})
    assert Keepsake("printing", tmp_path).read() == {"ticket": {"paper": "80mm"}, "slip": {"paper": "A5"}}
    assert Keepsake("other", tmp_path).read() == {}


def test_a_damaged_file_counts_as_empty_and_is_written_anew(tmp_path):
    (tmp_path / "printing.json").write_text("{not json", "utf-8")
    keepsake = Keepsake("printing", tmp_path)
    assert keepsake.read() == {}
    keepsake.keep({"ticket": 1})
    assert keepsake.read() == {"ticket": 1}


def test_a_folder_that_cannot_be_written_costs_the_choice_only(tmp_path):
    Keepsake("printing", tmp_path / "missing").keep({"ticket": 1})
    assert Keepsake("printing", tmp_path / "missing").read() == {}
