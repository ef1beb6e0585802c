"""Moving pictures: the frames of a span of days, and the files that hold them."""
