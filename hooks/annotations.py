"""The MkDocs hook of Postil, for a site that has this folder and no plug-in: `hooks: [hooks/annotations.py]`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # the package `postil` beside this file

from postil.adapters.mkdocs import hook

globals().update(hook())
