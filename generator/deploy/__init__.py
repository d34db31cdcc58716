"""Publishing a built site: by GitHub Actions, or as a commit on a branch."""
