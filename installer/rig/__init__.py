"""A Windows to try the program on."""
