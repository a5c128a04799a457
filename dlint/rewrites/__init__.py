"""Rewrites: Dockerfiles in, better Dockerfiles out; what ``dlint optimize`` plans.

A rewrite is a module of this room, named in ``ORDER``, with one function::

    def propose(build: Build) -> Proposal | Declined | tuple[Declined, ...] | None

It asks the model and gives everything it would change in one :class:`Proposal`; a shape it leaves alone is a
:class:`Declined`, which says why; None is for files it has nothing to say about. What is not certain is
declined: a rewrite that breaks a build is a bug. Asked again about what it has written it proposes nothing.

``planning`` asks all of them in turn. A proposal that is taken gives a new text, which is parsed and looked at
anew before the next one is asked: Source, Build, Proposal, Source. ``verification`` holds what every application
must keep. What the findings' own fixes do comes after the rewrites, and is the fixer's work.
"""

from dlint.rewrites.proposal import Declined, NewText, Proposal

__all__ = ["ORDER", "Declined", "NewText", "Proposal"]

ORDER = (
    "dockerignore",
    "pins",
    "cache_order",
    "model_order",
    "multi_stage",
    "cache_mounts",
    "exec_form",
    "non_root",
)
"""The modules, in an order in which they can follow each other.

What changes single words comes first, then what moves instructions, then what splits stages; mounts are
put on the RUNs there are in the end; start and user come last, as they stand last. CPU wheels, quotes, ``set -e``
and HEALTHCHECK are fixes of rules, which come after all of these.
"""
