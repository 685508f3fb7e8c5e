"""The other end of `build.isolated`: one build, here by MkDocs or ProperDocs, told line by line as JSON.

A line that is a text is a warning or an error; the line that is an object is the report.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import re
import sys
import tempfile
import traceback
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

from postil.adapters import broken
from postil.build.choice import generator
from postil.build.isolated import Order
from postil.build.report import Report

_AT_PAGE = re.compile(r"Error (?:reading|building) page '(.*?)':")
LOADED = "the site does not load Postil: add `postil` to the list `plugins:` in {file}"
ENABLED = "Postil is switched off in {file} (`postil: {{enabled: false}}`)"


class Telling(logging.Handler):
    """Tells each warning and error when it comes.

    Args:
        channel: what the lines go to.
    """

    def __init__(self, channel: TextIO) -> None:
        super().__init__(logging.WARNING)
        self.channel = channel
        self.told: list[str] = []
        self._page = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Tell a log record."""
        if at := _AT_PAGE.match(record.getMessage()):  # what it was comes next, and is told with its page
            self._page = f"{at[1]}: "
        else:
            self.tell(record.getMessage())

    def tell(self, complaint: str) -> None:
        """Tell one complaint; what was told is not told again."""
        complaint, self._page = f"{self._page}{complaint}", ""
        if complaint not in self.told:
            self.told.append(complaint)
            self.send(complaint)

    def send(self, message: Any) -> None:
        """Send a line."""
        self.channel.write(f"{json.dumps(message)}\n")
        self.channel.flush()


def work(order: Order, telling: Telling) -> Report:
    """Do what is ordered.

    Returns:
        The report; what went wrong has been told.
    """
    if order.editions:
        os.environ["POSTIL_OFFLINE"] = "true"  # by this a configuration switches on what a copy for the disk needs
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice about its own future
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")  # ProperDocs' notice about MkDocs
    name = generator(order.config, order.generator)
    if name == "zensical":
        from postil.adapters import files_worker

        return files_worker.work(order, telling)
    if name == "properdocs":
        import_module("properdocs.replacement")  # it answers to the names of MkDocs
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    from postil.adapters.added_files import cache
    from postil.adapters.languages import language
    from postil.adapters.mkdocs import events_of

    for name in ("mkdocs", "properdocs"):
        logging.getLogger(name).addHandler(telling)
    try:
        config = load_config(str(order.config), strict=order.strict)
    except ConfigurationError as error:
        telling.tell(broken.told(str(order.config), error))
        return Report()
    except Abort as abort:
        if not telling.told:
            telling.tell(str(abort))
        return Report()
    report = Report(
        docs_dir=Path(config.docs_dir),
        site_dir=Path(config.site_dir),
        cache=cache(config),
        language=language(config),
        nav=config.nav,
    )
    events = events_of(config)
    if events is None or not events.switched_on():
        text = LOADED if events is None else ENABLED
        telling.tell(text.format(file=order.config.name))
        return report
    telling.addFilter(lambda record: record.getMessage() != events.failure)  # it sums up what was told
    succeeded = True
    if order.until != "configured":
        with tempfile.TemporaryDirectory() as nowhere:
            config.site_dir = str(order.site_dir if order.site_dir and order.until == "written" else nowhere)
            from postil.adapters.carrying import carrying  # which no configuration needs

            ahead = carrying(config, events, order.place) if order.until == "written" else None
            with ahead.drawing() if ahead else nullcontext():
                succeeded = _build(config, events, order, telling)
            if ahead and succeeded and not (order.strict and telling.told):
                report.carried = ahead.end(Path(config.site_dir))
        if events.built:
            from postil.build.summary import summary, take_along

            report = report.model_copy(update=summary(events.built, order.also))
            if order.editions and succeeded:
                report.taken_along = take_along(events.built).model_dump(mode="json")
    report.succeeded = succeeded and not (order.strict and telling.told)
    return report


def _build(config: Any, events: Any, order: Order, telling: Telling) -> bool:
    """Whether the build went through, as far as it was to go."""
    from mkdocs.commands.build import build
    from mkdocs.exceptions import Abort, MkDocsException

    from postil.adapters.events import Enough
    from postil.adapters.languages import is_built_several_times

    events.stops_early = order.until != "written" and not is_built_several_times(config)
    events.keeps_texts = False
    events.exports = order.site_dir if order.until == "exported" else None
    events.drafts = order.drafts and order.until == "exported"
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except Enough:
        return True
    except Abort:  # what is wrong has been told
        return False
    except MkDocsException as error:
        telling.tell(str(error))
        return False
    except Exception as error:  # of a plug-in, or of the disk
        telling.tell(_broken_off(config, error))
        return False
    finally:
        config.plugins.on_shutdown()
        # MkDocs loads a hook once in a process: the next build is an ordinary one.
        events.stops_early, events.keeps_texts, events.exports, events.drafts = False, True, None, False
    return True


def _broken_off(config: Any, error: Exception) -> str:
    """Which plug-in has broken a build, and where."""
    plugin = _plugin(config, error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{'/'.join(Path(last.filename).parts[-2:])}:{last.lineno}"
    told = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return f"the plug-in {plugin!r} broke off: {told} ({place})" if plugin else f"{told} ({place})"


def _plugin(config: Any, error: Exception) -> str:
    """The name of the plug-in out of which an error came, or an empty text."""
    origins = getattr(config.plugins, "_event_origins", {})
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__) if frame.f_code.co_name == "run_event"]
    return str(origins.get(frames[-1].f_locals.get("method"), "")) if frames else ""


def main() -> int:
    """Do what the argument orders."""
    gc.set_threshold(50_000, 20, 100)  # what a build makes it needs to its end: looking for garbage took a fourth of it
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what plug-ins print is no message of ours
    telling = Telling(channel)
    report = work(Order.model_validate_json(sys.argv[1]), telling)
    telling.send(report.model_dump(mode="json"))
    return 0 if report.succeeded else 1


if __name__ == "__main__":
    sys.exit(main())
