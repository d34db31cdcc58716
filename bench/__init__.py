"""The benchmark: the same letters built by weekly and by three other generators."""
