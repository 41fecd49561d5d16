"""One module per stage of the learning line; `score` measures any extractor against labels."""
