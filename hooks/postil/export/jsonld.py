"""An article's notes as a W3C annotation collection (JSON-LD), from which the notes file can be made again.

Everything that a notes file holds for a note is in its annotation, in terms of the W3C Web Annotation Data Model
(Recommendation of 23 February 2017) where there are any, else of Dublin Core, schema.org or BIBO, else in a term of
Postil's own. The context declares all of them; its second part is written out in the file.

| notes file | JSON-LD (paths inside of one annotation) |
| --- | --- |
| `id` | `identifier` (dcterms:identifier). `id` is the address of the note's own page where the address of the site is
  known, else the same `urn:uuid:` as `canonical`, which never depends on the address |
| `kind` | `motivation`: fact-check → assessing, context → commenting, correction → editing, definition → describing,
  question → questioning |
| `title` | `title` (dcterms:title); left out when empty, as every empty value is |
| `note` | `body[0]`: TextualBody, `purpose` as `motivation`, `format` text/markdown, `value`: the Markdown as written |
| `verdict` | `body[]`: SpecificResource, `purpose` classifying; `source.identifier`: the verdict's id; `source` is a
  schema:Rating: `alternateName` the word, `description` the meaning, and where the verdict has a place in the order
  `ratingValue`, `bestRating`, `worstRating` (1 is the worst) |
| `sources[]` | `body[]` in the same order: SpecificResource, `purpose` linking; `source.identifier`: the source's id in the
  register; `source.id`: its address; `source.title`; `state`: TimeState with `sourceDate` (accessed), `cached` (archive) |
| `sources[].locator` | `locator` of that body (bibo:locator) |
| `sources[].says` | `selector` of that body: TextQuoteSelector, `exact` |
| `tags[]` | `body[]` in the same order: TextualBody, `purpose` tagging, `value` |
| `quote` | `target.selector[0].exact`, the words as they stand on the page; with `prefix` and `suffix` of up to 32 code
  points around them, as they stand on the page |
| `quote`, `prefix`, `suffix` as typed | `written.quote` where it differs from `exact`; `written.prefix`,
  `written.suffix` where the notes file has them (postil:written) |
| `claim[]` | `claim` (postil:claim), a list |
| `caution` | `caution` (postil:caution) |
| `author` | `creator.nickname`: the author's id; `creator.name`, `creator.homepage` |
| `created` | `created`, the day at 00:00:00Z |
| `changed[]` | `correction` (schema:correction), a list of CorrectionComment: `datePublished` (a day), `text`;
  `modified` is the day of the last one at 00:00:00Z |

Not in the notes file, made anew by each export: `canonical`, `modified`, `generator`, `rights`, `creator.name`, the rating
but for its identifier, the sources but for their identifier, locator and quotation; of `target`: `source`
(`identifier`: the path of the article in docs/), the TextPositionSelector (code points of the reading text) and the
FragmentSelector (text fragment). There is no `generated`: the same data give the same bytes.
"""
