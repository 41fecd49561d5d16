"""Comparing names, numbers, parties and lines: pure, and without any judgement of what a difference means."""
