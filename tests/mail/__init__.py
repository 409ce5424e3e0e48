"""Tests of understanding one message."""
