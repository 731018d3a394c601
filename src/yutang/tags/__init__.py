"""Tag groups, tags, who tagged whom when and why, and the rules that keep a tag on exactly those who match."""
