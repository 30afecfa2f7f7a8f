"""A study as one line of a reference list."""

from index.documents import Study


def year(study: Study) -> str:
    """The year as text, empty where the corpus has none."""
    return "" if study.year is None else str(study.year)


def published(study: Study) -> str:
    """Where the study stands in its journal: ``2023;388(17):1572-1581``."""
    place = "".join(
        (
            f";{study.volume}" if study.volume else "",
            f":{study.pages}" if study.pages else "",
        )
    )
    return f"{year(study)}{place}".lstrip(";:")


def authors(study: Study, *, most: int = 3) -> str:
    """The first ``most`` authors, ``et al.`` where there are more."""
    named = [name for name in study.authors if not name.startswith("et al")]
    cut = len(named) > most or len(named) < len(study.authors)
    return ", ".join([*named[:most], *(["et al."] if cut else [])])


def reference(study: Study) -> str:
    """Authors, title, journal, place, DOI and PMID."""
    parts = (
        f"{authors(study, most=6)}." if study.authors else "",
        f"{study.title.rstrip('.')}.",
        " ".join(part for part in (study.journal, published(study)) if part) + ".",
        f"doi:{study.doi}" if study.doi else "",
        f"PMID {study.pmid}" if study.pmid else "",
    )
    return " ".join(part for part in parts if part).replace("et al..", "et al.")
