"""What differs by language (`*.toml`: the words) and by country (`countries`: numbers, dates, taxes, addresses)."""
