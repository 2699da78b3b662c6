"""Document symbols: model, vocabulary, grammar and continuations."""
