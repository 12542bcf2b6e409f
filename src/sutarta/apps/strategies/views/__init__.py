"""Pages of the desk: strategies, the preview of a Word file, the draft made of it."""
