"""The built-in model: rules that answer from what memory put into the prompt. `provider` makes litellm know it."""
