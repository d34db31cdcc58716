"""What is wrong between the parts of a blog, as problems; nothing here prints."""
