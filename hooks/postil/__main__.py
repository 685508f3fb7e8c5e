"""`python -m postil`, where the command `postil` is not on the path."""

from postil.command import main

main(prog_name="postil")
