"""Who made a source, in each of the parts that CSL knows; names as reference managers write them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from postil.model.fields import Record, mistake


class Name(Record):
    """A person by family and given name, or an organisation as a literal (csl-data.json, name-variable).

    `comma_suffix`, `static_ordering`, `parse_names` and `is_institution` are signs for citation processors.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    family: str = ""
    given: str = ""
    literal: str = ""
    suffix: str = ""
    dropping_particle: str = Field("", alias="dropping-particle")
    non_dropping_particle: str = Field("", alias="non-dropping-particle")
    comma_suffix: str = Field("", alias="comma-suffix")
    static_ordering: str = Field("", alias="static-ordering")
    parse_names: str = Field("", alias="parse-names")
    is_institution: str = Field("", alias="isInstitution")

    @property
    def whole_family(self) -> str:
        """The family name with its particles: van der Berg."""
        return " ".join(filter(None, [self.dropping_particle, self.non_dropping_particle, self.family]))

    @property
    def shown(self) -> str:
        """The name in the order of speech: Ludwig van Beethoven, Martin King Jr."""
        return self.literal or " ".join(filter(None, [self.given, self.whole_family, self.suffix]))


def _as_names(value: Any) -> Any:
    """One name, or a list; a text is the name of an organisation, and null in a name is nothing."""
    given = value if isinstance(value, list | tuple) else [value]
    names = []
    for name in given:
        if isinstance(name, str):
            name = {"literal": name}
        if isinstance(name, dict):
            name = {key: part for key, part in name.items() if part is not None}
            if not any(isinstance(part, str) and part.strip() for part in name.values()):
                raise mistake("a name is empty; expected {family: …, given: …} or {literal: …}")
        names.append(name)
    return tuple(names)


Names = Annotated[tuple[Name, ...], BeforeValidator(_as_names)]


class Contributors(Record):
    """Everybody who had a part in a source: all name variables of CSL 1.0.2."""

    author: Names = ()
    editor: Names = ()
    translator: Names = ()
    chair: Names = ()
    collection_editor: Names = Field((), alias="collection-editor")
    compiler: Names = ()
    composer: Names = ()
    container_author: Names = Field((), alias="container-author")
    contributor: Names = ()
    curator: Names = ()
    director: Names = ()
    editor_translator: Names = Field((), alias="editor-translator")
    editorial_director: Names = Field((), alias="editorial-director")
    executive_producer: Names = Field((), alias="executive-producer")
    guest: Names = ()
    host: Names = ()
    illustrator: Names = ()
    interviewer: Names = ()
    narrator: Names = ()
    organizer: Names = ()
    original_author: Names = Field((), alias="original-author")
    performer: Names = ()
    producer: Names = ()
    recipient: Names = ()
    reviewed_author: Names = Field((), alias="reviewed-author")
    script_writer: Names = Field((), alias="script-writer")
    series_creator: Names = Field((), alias="series-creator")


NAMES = [field.alias or name for name, field in Contributors.model_fields.items()]
