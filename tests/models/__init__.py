"""Tests of `hearback/models`."""
