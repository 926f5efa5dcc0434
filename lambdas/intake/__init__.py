"""Takes in what is dropped in the bucket: registers, refuses, starts batches."""
