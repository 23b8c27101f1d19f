"""The proof of fact points: facts corrupted must be caught, facts told in other words left alone."""
