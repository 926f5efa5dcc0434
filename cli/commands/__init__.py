"""The command line: each command asks, shows, and ends with its status."""
