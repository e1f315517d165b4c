"""Rules over a `Dataset`: one function and one code each."""
