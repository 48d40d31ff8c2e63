"""Search: engines find candidates, ranking puts them in order."""
