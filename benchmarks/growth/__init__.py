"""Generators of growing drafts: small functions that repeat one thing. Importing the package registers all of them."""

import growth.citations
import growth.drafting
import growth.events
import growth.french
import growth.lines
import growth.markup
import growth.names
import growth.numbers  # noqa: F401 - the modules register their generators
