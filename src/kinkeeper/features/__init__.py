"""The third floor: what people come for. Features know `accounts`, and not each other."""
