"""The author's files: notes files, register, records, settings, snapshot, texts of the interface.

In: bytes. Out: models with the place of each value, or problems; and changes that keep every other byte.
"""

# What other rooms may use.
PUBLIC = (
    "appending",
    "edits",
    "layout",
    "notes_file",
    "records_files",
    "settings_file",
    "snapshot",
    "sources_file",
    "splices",
    "translations",
    "writing",
    "yaml_writer",
    "yamltext",
)
