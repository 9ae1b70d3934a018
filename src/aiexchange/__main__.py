"""`python -m aiexchange`: the command line."""

from aiexchange.cli import main

main()
