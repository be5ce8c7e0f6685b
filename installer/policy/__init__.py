"""The policy templates for Windows, and what makes them."""
