"""The replay module: listen to conversations, on a timeline true to time. Nothing is imported here: it takes time."""
