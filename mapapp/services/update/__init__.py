"""The analyst's update: what an upload means, what it changes, drafts, publishing, corrections."""
