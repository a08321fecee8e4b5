"""House-keeping: what a run was made with."""
