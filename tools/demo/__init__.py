"""The whole product on one machine, beside a sandbox Google: what `make demo` starts."""
