"""A listing kept on disk so that a million rows can be ordered, narrowed and paged at once; it holds no truth."""
