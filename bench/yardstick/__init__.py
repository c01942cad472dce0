"""The yardstick: the least Flask work that still does each measured job, without sign-in, CSRF or scoring."""
