"""What it means: tables, fields and choices, found by how they are laid out."""
