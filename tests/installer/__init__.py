"""Tests of what delivers the program."""
