"""Classes at random, made through the application's own operations: what students and staff do in a few days."""
