"""`python -m cli` is the `intray` command."""

from cli.main import main

if __name__ == "__main__":
    main()
