"""Firefox for the tests, by WebDriver BiDi (W3C): Playwright drives only a Firefox of its own making."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("firefox-esr", "firefox")


def find() -> str | None:
    """The path of a Firefox, or None; POSTIL_FIREFOX goes before."""
    return os.environ.get("POSTIL_FIREFOX") or next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One tab of a Firefox."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = itertools.count(1)
        self.ask("session.new", capabilities={})
        self._tab = self.ask("browsingContext.create", type="tab")["context"]

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and wait for its answer; events are of no interest."""
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._connection.recv(timeout=30))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                result: dict[str, Any] = answer["result"]
                return result

    def open(self, address: str, width: int) -> None:
        """Show a page in a window of a width, in pixels of CSS."""
        self.ask("browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": 900})
        self.ask("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def evaluate(self, function: str) -> Any:
        """What a function of JavaScript without parameters returns, as JSON has it."""
        script = f"JSON.stringify(({function})())"
        answer = self.ask("script.evaluate", expression=script, target={"context": self._tab}, awaitPromise=False)
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def click(self, selector: str) -> None:
        """Follow a link."""
        self.evaluate(f"() => {{ document.querySelector({selector!r}).click(); return 1 }}")


@contextmanager
def launched(path: str, profile: Path) -> Iterator[Firefox]:
    """A Firefox with an empty profile."""
    command = [path, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        address = next(
            found[1] for line in process.stderr or () if (found := re.search(r"BiDi listening on (\S+)", line))
        )
        with connect(f"{address}/session", max_size=None) as connection:
            yield Firefox(connection)
    finally:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()
