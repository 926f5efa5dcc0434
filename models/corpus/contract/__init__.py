"""Contracts: facts, layouts, defects."""

from models.corpus.contract.defects import DEFECTS
from models.corpus.contract.facts import Contract, draw_contract
from models.corpus.contract.layouts import compose_contract
from models.corpus.defects import Kind

CONTRACT: Kind[Contract] = Kind("contract", "contract", draw_contract, compose_contract, DEFECTS)

__all__ = ["CONTRACT", "Contract", "compose_contract", "draw_contract"]
