"""What goes with a reader: an archive of the site, and each article as one file, e-book, PDF and Markdown.

`edition` is what every format is written from; each format has a module of its own; `dist` puts the files in place.
"""
