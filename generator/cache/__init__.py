"""What is kept between builds, and what it is kept under."""
