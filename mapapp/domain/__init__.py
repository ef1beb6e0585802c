"""What a control map is: time, holders, areas. No files, no web, no drawing."""
