"""What the platform tells: opened, kept before it is answered, and made something of afterwards."""
