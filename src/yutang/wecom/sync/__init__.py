"""What the corp has, brought over and kept in step: staff, customers, tags, groups, ways in."""
