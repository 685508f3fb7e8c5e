"""Notes out: what a site publishes of its notes beside the pages, in the formats of others. Pure functions."""
