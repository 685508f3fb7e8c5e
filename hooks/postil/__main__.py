"""`python -m postil`, where the command `postil` is not on the path."""

from postil.commands import main

main(prog_name="postil")
