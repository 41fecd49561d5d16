"""Pure checks that turn an extraction and the ERP's facts into findings, and findings into a decision."""
