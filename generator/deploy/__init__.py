"""A built site on its way to readers: by GitHub Actions, or as a commit on a branch."""
