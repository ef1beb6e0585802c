"""Pictures for the press: options, layout, drawing, and what is written inside the file."""
