"""Gift exchanges: people join by a link, names are drawn fairly, and only the giver learns of whom."""
