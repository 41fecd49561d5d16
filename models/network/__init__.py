"""The network in PyTorch, for training and export; reading needs only `models.runtime`."""
