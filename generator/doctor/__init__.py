"""Problems that no page shows: in the repository, schedule, files and machine of a blog."""
