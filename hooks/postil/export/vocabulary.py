"""What a note is in JSON-LD: the terms for every key of a notes file, and the context that declares them.

Everything that a notes file holds for a note is in its annotation, in terms of the W3C Web Annotation Data Model
(Recommendation of 23 February 2017) where there are any, else of Dublin Core, schema.org or BIBO, else in a term of
Postil's own. The context declares all of them; its second part is written out in the file.

| notes file | JSON-LD (paths inside of one annotation) |
| --- | --- |
| `id` | `identifier` (dcterms:identifier). `id` is the address of the note's own page where that of the site is known,
  else the same `urn:uuid:` as `canonical`, which never depends on an address |
| `kind` | `motivation`: fact-check → assessing, context → commenting, correction → editing, definition → describing,
  question → questioning |
| `title` | `title` (dcterms:title); left out when empty, as every empty value is |
| `note` | `body[0]`: TextualBody, `purpose` as `motivation`, `format` text/markdown, `value`: the Markdown as written |
| `verdict` | `body[]`: SpecificResource, `purpose` classifying; `source.identifier`: the verdict's id; `source` is a
  schema:Rating: `alternateName` the word, `description` the meaning, and where the verdict has a place in the order
  `ratingValue`, `bestRating`, `worstRating` (1 is the worst) |
| `sources[]` | `body[]` in the same order: SpecificResource, `purpose` linking; `source.identifier`: the source's id in
  the register; `source.id`: its address; `source.title`; `state`: TimeState, `sourceDate` (read), `cached` (archive) |
| `sources[].locator` | `locator` of that body (bibo:locator) |
| `sources[].says` | `selector` of that body: TextQuoteSelector, `exact` |
| `tags[]` | `body[]` in the same order: TextualBody, `purpose` tagging, `value` |
| `quote` | `target.selector[0].exact`, sign by sign as the document has it, line breaks and all; with `prefix` and
  `suffix` around it, of the words in up to 32 code points of the reading text |
| `quote`, `prefix`, `suffix` as typed | `written.quote` where it differs from `exact`; `written.prefix`,
  `written.suffix` where the notes file has them (postil:written) |
| `claim[]` | `claim` (postil:claim), a list |
| `claimed` | `claimed` (schema:claimReviewed) |
| `claimant` | `claimant` (postil:claimant): `type` Person or Organization, `name` |
| `claimed_on` | `claimedOn` (postil:claimedOn), EDTF |
| `appearance[]` | `appearance` (schema:appearance), a list: `identifier`, the source's id; its address and title |
| `since[]` | `since` (postil:since), a list of schema:Event: `date` (dcterms:date, EDTF), `text`; `citation`
  (schema:citation), a list of the form of `sources[]` |
| `caution` | `caution` (postil:caution) |
| `author` | `creator.nickname`: the author's id; `creator.name`, `creator.homepage`. Of a note written elsewhere
  all of this is `publisher` (dcterms:publisher), and `creator.name` is who wrote it |
| `origin` | `origin` (postil:origin), a JSON literal, with days as moments; `via`: its address |
| `created` | `created`, the day at 00:00:00Z |
| `changed[]` | `correction` (schema:correction), a list of CorrectionComment: `datePublished` (a day), `text`;
  `modified` is the day of the last one at 00:00:00Z |
| `checked` | `checked` (schema:lastReviewed) |
| `reviews[]` | an annotation each on the same page, where the site shows reviews: `motivation` assessing with the
  verdict as body, or moderating where they agree; `target` the note; `creator.nickname` where it shows names |
| `retracted` | the last of `correction`, of the types CorrectionComment and Retraction; its `verdict` is in
  `withdrawn` (postil:withdrawn) and no body then. Where its words are gone, too, `lost` (postil:lost) says so, and
  `target.selector` has the words alone, without a position |

Of the newsroom alone, and in no export: `status`, `assigned`, `recheck`, `reviews[].note`. With `postil export
--drafts`, for colleagues, the first two are terms of that name, `recheck` has `date` and `text`, and the note of a
review is its body with the purpose commenting; reviews are there whatever the site shows.

Not in the notes file, made anew by each export: `canonical`, `modified`, `generator`, `rights`, `creator.name`; the
rating but for its identifier; the sources but for their identifier, locator and quotation; of `target`: `source`
(`identifier`: the path of the article in docs/), the TextPositionSelector (code points of the reading text) and the
FragmentSelector (text fragment). There is no `generated`: the same data give the same bytes.
"""

from __future__ import annotations

from typing import Any

from postil.export.dataset import POSTIL
from postil.model.annotation import Kind

PROFILE = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json;profile="{PROFILE}"'
AGENTS = {"person": "Person", "organisation": "Organization"}
MOTIVATIONS = {
    Kind.FACT_CHECK: "assessing",
    Kind.CONTEXT: "commenting",
    Kind.CORRECTION: "editing",
    Kind.DEFINITION: "describing",
    Kind.QUESTION: "questioning",
}
CONTEXT: list[Any] = [
    PROFILE,
    {
        "postil": f"{POSTIL.urn}#",
        "assessing": "oa:assessing",  # the context of the W3C has left it out
        "identifier": "dcterms:identifier",
        "title": "dcterms:title",
        "locator": "http://purl.org/ontology/bibo/locator",
        "written": "postil:written",
        "quote": "postil:quote",
        "claim": {"@id": "postil:claim", "@container": "@set"},
        "claimed": "schema:claimReviewed",
        "claimant": "postil:claimant",
        "claimedOn": "postil:claimedOn",
        "appearance": {"@id": "schema:appearance", "@container": "@set"},
        "since": {"@id": "postil:since", "@container": "@set"},
        "Event": "schema:Event",
        "date": "dcterms:date",
        "citation": {"@id": "schema:citation", "@container": "@set"},
        "origin": {"@id": "postil:origin", "@type": "@json"},
        "publisher": "dcterms:publisher",
        "caution": "postil:caution",
        "checked": {"@id": "schema:lastReviewed", "@type": "schema:Date"},
        "withdrawn": "postil:withdrawn",
        "lost": {"@id": "postil:lost", "@type": "http://www.w3.org/2001/XMLSchema#boolean"},
        "status": "postil:status",
        "assigned": "postil:assigned",
        "recheck": "postil:recheck",
        "Retraction": "postil:Retraction",
        "correction": {"@id": "schema:correction", "@container": "@set"},
        "CorrectionComment": "schema:CorrectionComment",
        "text": "schema:text",
        "datePublished": {"@id": "schema:datePublished", "@type": "schema:Date"},
        "Review": "schema:Review",
        "Rating": "schema:Rating",
        "alternateName": "schema:alternateName",
        "description": "schema:description",
        "ratingValue": "schema:ratingValue",
        "bestRating": "schema:bestRating",
        "worstRating": "schema:worstRating",
    },
]
