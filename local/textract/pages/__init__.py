"""What stands on a page, read from PDFs and pictures, before any meaning is given to it."""
