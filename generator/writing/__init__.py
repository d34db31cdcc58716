"""Everything that writes into `content/`: new posts and blogs, other names and tags."""
