"""Everything that writes into `content/`: new posts and blogs, edits of front matter, renames."""
