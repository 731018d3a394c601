"""What reaches people through the platform: mass messages as tasks, welcomes, Moments, transfers."""
