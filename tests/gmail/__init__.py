"""Tests of `hearback/gmail`."""
