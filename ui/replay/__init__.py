"""The replay module: listen to conversations, on a timeline true to time. Nothing is imported here: sound takes time."""
