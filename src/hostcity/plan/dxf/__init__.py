"""DXF: a drawing of another program as rows of a plan, by what its layers are; and a level of a plan as a drawing.

>>> from hostcity.plan.dxf import guess
>>> guess("A-展位", is_text=False), guess("BOOTH-NO", is_text=True), guess("安全出口", is_text=False)
('stand', 'stand_number', 'exit')
"""

from hostcity.plan.dxf.contents import Contents, read_contents
from hostcity.plan.dxf.file import MOST_BYTES
from hostcity.plan.dxf.listing import Layer, guess, guessed_map, layers_of
from hostcity.plan.dxf.mapping import KINDS, UNITS, LayerMap, as_toml, layer_map_of, map_problems, read_layer_map
from hostcity.plan.dxf.picture import picture_of_proof
from hostcity.plan.dxf.proof import Proof, approve, proof_of, prove
from hostcity.plan.dxf.told import DOUBTS, REFUSALS
from hostcity.plan.dxf.write import dxf_of, own_map, write_dxf

__all__ = [
    "DOUBTS",
    "KINDS",
    "MOST_BYTES",
    "REFUSALS",
    "UNITS",
    "Contents",
    "Layer",
    "LayerMap",
    "Proof",
    "approve",
    "as_toml",
    "dxf_of",
    "guess",
    "guessed_map",
    "layer_map_of",
    "layers_of",
    "map_problems",
    "own_map",
    "picture_of_proof",
    "proof_of",
    "prove",
    "read_contents",
    "read_layer_map",
    "write_dxf",
]
