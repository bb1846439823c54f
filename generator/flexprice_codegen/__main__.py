"""`python -m flexprice_codegen`: the command `flexprice-codegen`."""

from __future__ import annotations

from flexprice_codegen.cli.main import program

if __name__ == "__main__":
    program()
