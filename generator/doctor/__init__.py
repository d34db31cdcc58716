"""What no page shows: the repository, the schedule, the files and the machine of a blog."""
