"""What is wrong between the parts of a blog and in the site built from it, as problems."""
