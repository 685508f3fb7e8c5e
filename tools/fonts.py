"""Make the fonts of this site in docs/assets/fonts/ from the variable ones: static, of the weights that the styles use.

    python tools/fonts.py node_modules/@fontsource-variable

A static font of one weight is a third of a variable one, and in a PDF its letters are letters and no drawings. The
licence (SIL Open Font License 1.1) reserves the name of the originals, so these have another.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).resolve().parent.parent / "docs/assets/fonts"
# By family and style: the weights, and the file of the npm package of the same name.
WEIGHTS = {
    ("serif", "normal"): ("source-serif-4", (400, 700)),
    ("serif", "italic"): ("source-serif-4", (400,)),
    ("sans", "normal"): ("source-sans-3", (400, 600, 700)),
    ("sans", "italic"): ("source-sans-3", (400,)),
}
FAMILY, FULL, POSTSCRIPT, TYPOGRAPHIC = 1, 4, 6, 16  # OpenType 1.9, table `name`


def made(source: Path, family: str, style: str, weight: int) -> TTFont:
    """A font at one weight, under a name of its own."""
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(Options(name_IDs=["*"], notdef_outline=True))
    subsetter.populate(unicodes=set(font.getBestCmap()))
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": weight})
    name = f"Postil {family.capitalize()}"
    told = f"{name} {weight}{' Italic' if style == 'italic' else ''}"
    for record in list(font["name"].names):
        if record.nameID in (FAMILY, TYPOGRAPHIC):
            record.string = name
        elif record.nameID in (FULL, POSTSCRIPT):
            record.string = told if record.nameID == FULL else told.replace(" ", "")
        elif record.nameID not in (0, 2, 5, 7, 8, 9, 11, 13, 14):  # copyright, trademark, makers, licence stay
            font["name"].removeNames(nameID=record.nameID)
    font.flavor = "woff2"
    return font


def main() -> None:
    """Write every file, and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path, help="the folder of the npm packages source-serif-4 and source-sans-3")
    folder = parser.parse_args().packages
    for (family, style), (package, weights) in WEIGHTS.items():
        for subset in ("latin", "latin-ext"):
            source = folder / package / "files" / f"{package}-{subset}-wght-{style}.woff2"
            for weight in weights:
                file = FOLDER / f"{family}-{weight}-{subset}{'-italic' if style == 'italic' else ''}.woff2"
                made(source, family, style, weight).save(file)
                print(f"{file.name}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
