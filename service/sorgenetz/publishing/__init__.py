"""From files to a served release: sources, rules, gate and releases put together."""
