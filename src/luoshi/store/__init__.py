"""What every table shares: keys, exact figures, optimistic locks, and the turn of writers."""
