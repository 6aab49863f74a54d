"""How fast Luoshi is: one folder a question, one command (`make bench`), ratios in one run."""
