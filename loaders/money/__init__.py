"""Money: instruments with benefits and conditions, criteria of eligibility, deadlines."""
