"""What `build.isolated` orders, done by a generator that only leaves files (see `build.from_files`)."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from postil.adapters.zensical import Zensical
from postil.build import write
from postil.build.from_files import FileBuild
from postil.build.generator import Configured, Refused
from postil.build.isolated import Order
from postil.build.report import Report
from postil.build.summary import summary, take_along

if TYPE_CHECKING:
    from postil.adapters.worker import Telling


def work(order: Order, telling: Telling) -> Report:
    """Do what is ordered.

    Returns:
        The report; what went wrong has been told.
    """
    if order.drafts:  # its extension annotates in a process of its own, which reads what is published
        telling.tell("drafts are exported by a build with MkDocs; Zensical's has none")
        return Report()
    generator = Zensical(order.config, strict=order.strict)
    try:
        configured = generator.configured()
    except Refused as refused:
        telling.tell(str(refused))
        return Report()
    options = configured.options
    report = Report(
        docs_dir=options.docs,
        site_dir=configured.site_dir,
        cache=options.cache,
        language=options.language,
        nav=configured.nav,
    )
    if order.until == "configured":
        return report.model_copy(update={"succeeded": True})
    with folder(configured) as aside:
        build = FileBuild(generator, configured, aside)
        try:
            rendered = build.render()
        except Refused as refused:
            telling.tell(str(refused))
            return report
        for complaint in build.complaints:
            telling.tell(complaint)
        report = report.model_copy(update=summary([rendered], order.also))
        report.succeeded = not build.failure and not (order.strict and telling.told)
        if report.succeeded and order.site_dir and order.until == "exported":
            write.exports(rendered, order.site_dir)
        if report.succeeded and order.site_dir and order.until == "written":
            build.write()
            order.site_dir.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(build.site, order.site_dir)
        if report.succeeded and order.editions:
            report.taken_along = take_along([rendered]).model_dump(mode="json")
    return report


@contextmanager
def folder(configured: Configured) -> Iterator[Path]:
    """A folder below `.cache/postil/` for the prepared sources and what is made of them, gone afterwards."""
    cache = configured.options.cache or Path(tempfile.gettempdir())
    cache.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="sources-", dir=cache))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
