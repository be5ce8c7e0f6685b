"""Tells people of nights: a message and the channels it goes through; it decides neither what is told nor when."""
