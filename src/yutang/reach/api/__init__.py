"""The API of reach: messages, the policy of contact, deliveries, channels; one module each."""
