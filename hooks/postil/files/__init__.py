"""The author's files: notes files, register, records, settings, snapshot, texts of the interface.

In: bytes. Out: models with the place of each value, or problems; and changes that keep every other byte.
"""

# What other rooms may use.
PUBLIC = (
    "appending",
    "edits",
    "json_text",
    "layout",
    "notes_file",
    "records_files",
    "registering",
    "settings_file",
    "snapshot",
    "sources_file",
    "splices",
    "translations",
    "writing",
    "yaml_writer",
    "yamltext",
)
