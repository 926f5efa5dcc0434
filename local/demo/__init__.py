"""The whole product on one machine: `python -m local.demo`, or `make demo`."""
