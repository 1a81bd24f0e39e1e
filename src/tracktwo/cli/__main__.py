"""`python -m tracktwo.cli`."""

from tracktwo.cli import main

main()
