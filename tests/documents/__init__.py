"""Tests of hearback/documents."""
