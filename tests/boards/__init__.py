"""Tests of hearback/boards."""
