"""The message catalogue: `python -m tools.catalogue check|compile|update`.

English msgids stand in the source; the Chinese catalogue lies in resources/locale. `check` is strict: every message of
the source is translated, nothing is fuzzy, left over or lacks a {placeholder}.
"""

from __future__ import annotations

import argparse
import io
import string
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = "tcmdesk"
HEADER = """\
# English messages stand in the source; `python -m tools.catalogue update` brings them here.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"""


def extract(package: Path) -> Catalog:
    """All messages of the Python sources under `package`."""
    catalog = Catalog(charset="utf-8")
    found = extract_from_dir(
        package, method_map=[("**.py", "python")], comment_tags=("Translators:",), strip_comment_tags=True
    )
    for file, _line, message, comments, context in found:
        # without line numbers: they would change the file with every edit of the source
        catalog.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    return catalog


def catalogues(locale: Path) -> list[Path]:
    """The .po files of every language."""
    return sorted(locale.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=file.parent.parent.name, abort_invalid=True)


def compile_catalogue(file: Path) -> Path:
    """Write the .mo beside a .po; whole or not at all, since several processes may do it at once."""
    content = io.BytesIO()
    write_mo(content, read(file))
    target = file.with_suffix(".mo")
    partial = target.with_suffix(".part")
    partial.write_bytes(content.getvalue())
    partial.replace(target)
    return target


def compile_stale(locale: Path) -> None:
    """Compile the catalogues that are newer than their compiled form."""
    for file in catalogues(locale):
        target = file.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < file.stat().st_mtime_ns:
            compile_catalogue(file)


def update(file: Path, source: Catalog) -> None:
    """Bring in new messages, untranslated, and drop those that the source no longer has."""
    catalog = read(file)
    catalog.update(source, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    write(file, catalog)


def write(file: Path, catalog: Catalog) -> None:
    """Write a catalogue in order of its messages, with a header that holds no dates: only texts make differences."""
    content = io.BytesIO()
    write_po(content, catalog, no_location=True, sort_output=True, width=110, omit_header=True)
    header = HEADER.format(language=catalog.locale_identifier, plural=catalog.plural_forms)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{header}\n{content.getvalue().decode()}", encoding="utf-8")


def faults(source: Catalog, translated: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, in sentences."""
    for message in source:
        if not message.id:
            continue
        entry = translated.get(message.id, message.context)
        name = repr(_singular(message))
        if entry is None:
            yield f"not in the catalogue: {name}"
        elif entry.fuzzy:
            yield f"fuzzy: {name}"
        elif not all(_forms(entry)):
            yield f"not translated: {name}"
        else:
            yield from (
                f"placeholders differ: {name} -> {form!r}"
                for form in _forms(entry)
                if not _agree(message, form)
            )
    for entry in translated:
        if entry.id and source.get(entry.id, entry.context) is None:
            yield f"no longer in the source: {_singular(entry)!r}"


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def _agree(message: Message, form: str) -> bool:
    """Whether a translation has the message's placeholders; of a plural pair, those of the plural."""
    original = message.id if isinstance(message.id, str) else message.id[-1]
    return _placeholders(original) == _placeholders(form)


def _placeholders(text: str) -> set[str]:
    try:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError:
        return {"malformed"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.catalogue", description=__doc__)
    parser.add_argument("task", choices=("check", "compile", "update"))
    task = parser.parse_args().task
    locale = ROOT / "resources" / "locale"
    if task == "compile":
        compile_stale(locale)
        return 0
    source = extract(ROOT / "tcmdesk")
    found = catalogues(locale)
    wrong = 0 if found else 1
    if not found:
        print("there is no catalogue in resources/locale")
    for file in found:
        if task == "update":
            update(file, source)
            continue
        for fault in faults(source, read(file)):
            print(f"{file.relative_to(ROOT)}: {fault}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
