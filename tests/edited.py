"""Made-up edits of real texts: passages, what becomes of them, and where they truly are afterwards.

The same texts give the same cases in every run.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

OPEN, SHUT = "\ue000", "\ue001"  # stand around the passage while the text is edited
_HAN = "\u3400-\u9fff"  # each sign is a word
CONTEXT = 32  # code points of prefix and suffix, as most tools store them

Paragraphs = list[list[str]]  # of sentences


@dataclass(frozen=True)
class Case:
    """A passage of an old text and its true place in a new one.

    Attributes:
        kind: what was done.
        old: the old text.
        new: the new text.
        exact: the words of the passage.
        prefix: what is straight before it.
        suffix: what is straight after it.
        start: where it starts in the old text, code points.
        end: the offset behind it.
        truth: start and end in the new text; None where the passage was taken out.
    """

    kind: str
    old: str
    new: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    truth: tuple[int, int] | None


@dataclass
class _Draft:
    """A text while it is edited: old and new paragraphs, with the passage marked, and where it is."""

    chance: random.Random
    old: Paragraphs
    at: tuple[int, int]
    new: Paragraphs = field(default_factory=list)

    @property
    def sentence(self) -> str:
        paragraph, sentence = self.at
        return self.old[paragraph][sentence]

    def elsewhere(self) -> int:
        """The number of a paragraph far from the passage."""
        others = [number for number in range(len(self.old)) if abs(number - self.at[0]) > 1]
        return self.chance.choice(others)

    def begin(self) -> None:
        """The new text begins as a copy of the old one."""
        self.new = [list(paragraph) for paragraph in self.old]

    def reword(self, rate: float) -> None:
        """Edit the paragraph of the passage."""
        paragraph = self.at[0]
        self.new[paragraph] = [self.changed(sentence, rate) for sentence in self.new[paragraph]]

    def changed(self, sentence: str, rate: float) -> str:
        """The sentence with some of its words replaced, dropped or added."""
        words: list[str] = []
        for word in re.findall(rf"[{OPEN}{SHUT}]|[{_HAN}]|[^\s{OPEN}{SHUT}{_HAN}]+|\s+", sentence):
            throw = self.chance.random() / max(rate, 1e-9)
            if word in (OPEN, SHUT) or word.isspace() or throw > 1:
                words.append(word)
            elif throw < 0.6:
                words.append(self._word())
            elif throw < 0.8:
                words.extend([word, " ", self._word()])
        return "".join(words)

    def _word(self) -> str:
        paragraph = self.chance.choice(self.old)
        sentence = self.chance.choice(paragraph)
        words = re.findall(f"[{_HAN}]", sentence) or sentence.split() or ["also"]
        return self.chance.choice(words).strip(OPEN + SHUT) or "also"


def _light(draft: _Draft) -> None:
    draft.begin()
    draft.reword(0.05)


def _moderate(draft: _Draft) -> None:
    draft.begin()
    draft.reword(0.13)


def _heavy(draft: _Draft) -> None:
    draft.begin()
    draft.reword(0.25)


def _rewritten(draft: _Draft) -> None:
    draft.begin()
    draft.reword(0.4)


def _moved_paragraph(draft: _Draft) -> None:
    draft.begin()
    draft.reword(0.04)
    target = draft.elsewhere()
    draft.new.insert(target, draft.new.pop(draft.at[0]))


def _moved_sentence(draft: _Draft) -> None:
    draft.begin()
    target = draft.elsewhere()
    draft.new[target].insert(0, draft.new[draft.at[0]].pop(draft.at[1]))


def _refrain(draft: _Draft) -> None:
    """The paragraph stands in the text several times; where one more comes in front, no place is better than another."""
    block = [_bare(sentence) for sentence in draft.old[draft.at[0]]]
    for _ in range(3):
        place = draft.chance.choice([0, len(draft.old)])
        draft.old.insert(place, list(block))
        draft.at = (draft.at[0] + (place == 0), draft.at[1])
    draft.begin()
    if draft.chance.random() < 0.5:  # so that the position misleads
        draft.new.insert(0, list(block))


def _copy_beside(draft: _Draft) -> None:
    """The passage is edited; a verbatim copy was there before and stays."""
    draft.old[draft.elsewhere()].append(_bare(draft.sentence))
    draft.begin()
    draft.reword(0.13)


def _look_alike_beside(draft: _Draft) -> None:
    draft.old[draft.elsewhere()].append(_bare(draft.changed(draft.sentence, 0.25)))
    draft.begin()
    draft.reword(0.13)


def _pulled_quote(draft: _Draft) -> None:
    """The passage is edited; a verbatim copy is new."""
    draft.begin()
    draft.reword(0.13)
    draft.new[draft.elsewhere()].append(_bare(draft.sentence))


def _gone_sentence(draft: _Draft) -> None:
    draft.begin()
    del draft.new[draft.at[0]][draft.at[1]]


def _gone_paragraph(draft: _Draft) -> None:
    draft.begin()
    del draft.new[draft.at[0]]


def _gone_look_alike(draft: _Draft) -> None:
    draft.old[draft.elsewhere()].append(_bare(draft.changed(draft.sentence, 0.25)))
    _gone_sentence(draft)


def _gone_copy(draft: _Draft) -> None:
    draft.old[draft.elsewhere()].append(_bare(draft.sentence))
    _gone_sentence(draft)


KINDS: dict[str, Callable[[_Draft], None]] = {
    "light": _light, "moderate": _moderate, "heavy": _heavy, "rewritten": _rewritten,
    "moved paragraph": _moved_paragraph, "moved sentence": _moved_sentence, "refrain": _refrain,
    "verbatim copy": _copy_beside, "look-alike": _look_alike_beside, "pulled quote": _pulled_quote,
    "gone: sentence": _gone_sentence, "gone: paragraph": _gone_paragraph,
    "gone: look-alike left": _gone_look_alike, "gone: copy left": _gone_copy,
}  # fmt: skip


def cases(text: str, *, each: int, seed: int) -> Iterator[Case]:
    """Cases of every kind from one text.

    Args:
        text: a reading text, one line per block; it needs some paragraphs of several sentences.
        each: how many of each kind.
        seed: another number gives other cases.
    """
    blocks = [re.findall(r"\S.*?(?:[.!?…。！？؟][”’\"')]*(?=\s|$)|[。！？]|$)", line) for line in text.split("\n")]
    for number, (kind, edit) in enumerate(KINDS.items()):
        for turn in range(each):
            chance = random.Random(f"{seed} {number} {turn} {len(text)}")
            draft = _marked([list(block) for block in blocks if block], chance)
            if draft is None:
                return
            edit(draft)
            for other, block in enumerate(draft.new):  # the rest is edited a little, too
                if not any(OPEN in sentence for sentence in block) and kind != "refrain" and chance.random() < 0.3:
                    draft.new[other] = [draft.changed(sentence, 0.03) for sentence in block]
            yield _case(kind, _joined(draft.old), _joined(draft.new))


def _marked(blocks: Paragraphs, chance: random.Random) -> _Draft | None:
    """The text with a passage of one sentence or a part of it marked."""
    places = [
        (number, sentence)
        for number, block in enumerate(blocks)
        for sentence in range(len(block))
        if len(block) > 1 and len(block[sentence].strip()) >= 30
    ]
    if not places or len(blocks) < 6:
        return None
    at = chance.choice(places)
    sentence = blocks[at[0]][at[1]].strip()
    if chance.random() < 0.5 and len(words := sentence.split(" ")) > 8:  # a part of it
        first = chance.randrange(len(words) // 3 + 1)
        last = chance.randrange(len(words) - len(words) // 3, len(words) + 1)
        words[first], words[last - 1] = OPEN + words[first], words[last - 1] + SHUT
        sentence = " ".join(words)
    else:
        sentence = OPEN + sentence + SHUT
    blocks[at[0]][at[1]] = sentence
    return _Draft(chance, blocks, at)


def _bare(sentence: str) -> str:
    return sentence.replace(OPEN, "").replace(SHUT, "")


def _joined(blocks: Paragraphs) -> str:
    lines = (" ".join(" ".join(block).split()) for block in blocks)
    return "\n".join(line for line in lines if line)


def _span(text: str) -> tuple[int, int] | None:
    start, end = text.find(OPEN), text.find(SHUT)
    if start < 0:
        return None
    words = text[start + 1 : end]
    start += len(words) - len(words.lstrip())
    return (start, start + len(words.strip())) if words.strip() else None


def _case(kind: str, old: str, new: str) -> Case:
    span = _span(old)
    if span is None:
        raise ValueError("the old text has no passage")
    old_text, new_text = _bare(old), _bare(new)
    start, end = span
    prefix, suffix = old_text[max(0, start - CONTEXT) : start], old_text[end : end + CONTEXT]
    return Case(kind, old_text, new_text, old_text[start:end], prefix, suffix, start, end, _span(new))
