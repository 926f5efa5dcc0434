"""What a text means: amounts, dates, numbers with checksums, zones for machines."""
