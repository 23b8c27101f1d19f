"""What writes: the worker, which takes jobs in turn, and the jobs themselves."""
