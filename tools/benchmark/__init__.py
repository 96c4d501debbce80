"""How well and how fast the program measures, beside other tools: what tools/bench and tools/measure share."""
