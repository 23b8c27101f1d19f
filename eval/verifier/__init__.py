"""The verifier's own proof: corrupted texts must be caught, harmless rewritings left alone.

`scenes` finds the claims of clean texts, `numbers` and `words` corrupt them, `rewritings` rewords
them, `falsity` decides (with nothing of the verifier's code) whether a mutant is false, `sampling`
draws, `judging` has whole texts judged, `figures` counts, `ablation` leaves checks out.
"""

from eval.verifier.proof import Proof, Wish, prove
from eval.verifier.scenes import Pair, bureau_pairs, own_pairs, read_pair

__all__ = ["Pair", "Proof", "Wish", "bureau_pairs", "own_pairs", "prove", "read_pair"]
