"""Research Object Crates: a folder of files with one description that machines read (RO-Crate 1.1+).

The package rocrate writes the description. It stamps the moment of writing where no date is given, so that
the date is asked for here.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

MEDIA = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".md": "text/markdown",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    ".graphml": "application/graphml+xml",
    ".gexf": "application/gexf+xml",
    ".yaml": "application/yaml",
    ".cff": "application/yaml",
    ".txt": "text/plain",
    ".qdpx": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


VERSION = "1.1"  # what validators and repositories know; newer versions say no more of plain files


class About(NamedTuple):
    """What a crate says of itself; `date` is ISO 8601, `license` the address of its text."""

    name: str
    description: str
    date: str
    authors: Sequence[str]
    license: str


def write_crate(folder: Path, about: About, descriptions: Mapping[str, str]) -> None:
    """Describe every file of `folder` in its `ro-crate-metadata.json`, in the order of their names.

    descriptions: of files by their path in the folder; others are described by their name.
    """
    from rocrate.model import ContextEntity, Person
    from rocrate.rocrate import ROCrate

    crate = ROCrate(version=VERSION)
    root = crate.root_dataset
    root["name"], root["description"] = about.name, about.description
    root["datePublished"] = about.date
    root["license"] = crate.add(
        ContextEntity(crate, about.license, properties={"@type": "CreativeWork", "name": f"Licence: {about.license}"})
    )
    people = [
        crate.add(Person(crate, f"#author-{number}", properties={"name": name}))
        for number, name in enumerate(about.authors, start=1)
    ]
    if people:
        root["author"] = people
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name == "ro-crate-metadata.json":
            continue
        properties = {
            "name": name,
            "contentSize": str(path.stat().st_size),
            "encodingFormat": MEDIA.get(path.suffix.lower(), "application/octet-stream"),
        }
        if name in descriptions:
            properties["description"] = descriptions[name]
        crate.add_file(path, dest_path=name, properties=properties)
    crate.metadata.write(folder)
