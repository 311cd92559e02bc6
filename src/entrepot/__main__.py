"""`python -m entrepot`: the command line (`entrepot.cli`)."""

import sys

from .cli import main

if __name__ == "__main__":
    status = main()
    if status:
        sys.exit(status)
