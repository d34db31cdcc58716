"""The settings of a blog: `content/site.toml`, typed and checked."""
