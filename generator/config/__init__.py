"""site.toml as typed, frozen settings, with the place of each."""
