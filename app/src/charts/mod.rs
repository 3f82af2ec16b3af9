//! Charts: their options, made on the server, and the bridge that shows them.
