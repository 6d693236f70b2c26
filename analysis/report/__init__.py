"""What the steering committee takes away: slides, a page and a table, all read from one briefing."""
