"""What tests and benchmarks stand on: real servers, started here and surely ended."""
