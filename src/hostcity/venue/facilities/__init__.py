"""Where visitors walk or queue too long for seats, toilets, water, food or help, and where one more would help."""
