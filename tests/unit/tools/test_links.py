import pytest

from tools.links import dead_links, pages


@pytest.fixture
def root(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/other.md").write_text("# First heading, here\n\n## 中文 标题\n", encoding="utf-8")
    (tmp_path / "picture.png").touch()
    return tmp_path


def dead(root, text):
    page = root / "docs/page.md"
    page.write_text(text, encoding="utf-8")
    return list(dead_links(page, root))


@pytest.mark.parametrize(
    "text",
    [
        "[a](other.md)",
        "[a](other.md#first-heading-here)",
        "[a](other.md#中文-标题)",
        "[a](#here)\n\n## Here\n",
        "![a](../picture.png)",
        "[a](/picture.png)",
        '<img src="../picture.png">',
        "[a][b]\n\n[b]: other.md",
        "[a](https://example.org/nowhere)",
        "[a](mailto:nobody@example.org)",
        "`[a](missing.md)`",
        "```\n[a](missing.md)\n```",
    ],
)
def test_links_that_lead_somewhere(root, text):
    assert dead(root, text) == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[a](missing.md)", "missing.md"),
        ("![a](../picture.jpg)", "../picture.jpg"),
        ("[a](other.md#nowhere)", "other.md#nowhere"),
        ("[a](#nowhere)", "#nowhere"),
        ('<img src="gone.png">', "gone.png"),
        ("[a][b]\n\n[b]: gone.md", "gone.md"),
        ("[a](../../outside.md)", "../../outside.md"),
    ],
)
def test_links_that_lead_nowhere(root, text, target):
    assert dead(root, text) == [target]


def test_pages_of_the_environment_are_not_ours(root):
    (root / ".venv").mkdir()
    (root / ".venv/readme.md").touch()
    assert [page.name for page in pages(root)] == ["other.md"]
