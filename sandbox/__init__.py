"""A local stand-in for Google (OAuth, Gmail, Pub/Sub push), for the demo, the tests and the benchmarks."""
